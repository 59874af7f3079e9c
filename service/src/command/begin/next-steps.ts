import type { FirstFile, FirstFilesOptions } from './first-files.ts';
import { toTable } from '#command/table.ts';

interface Written extends FirstFilesOptions {
  /** As seen from where the command was called; empty where it is that folder. */
  folder: string;
  files: readonly FirstFile[];
}

/** What was written, and what to do with it. */
export const toNextSteps = ({
  folder,
  files,
  origin,
  publicUrl,
}: Written): string => `Written${folder && ` to ${folder}`}:
${toTable(files.map(({ name, about }) => [`  ${name}`, about]))}
Next${folder && ` (cd ${folder} first)`}:

  1. tu-esign check      says what is wrong, if anything is
  2. tu-esign serve      runs the service; leave it running
  3. Upload an agreement, as the host's back end would:

       DIGEST=$(sha256sum agreement.pdf | cut -d ' ' -f 1)
       curl -T agreement.pdf ${publicUrl}/v1/documents/$DIGEST -H 'content-type: application/pdf' \\
         -H "authorization: Bearer $(node mint-token.mjs '{"scope": "documents:write"}')"

  4. Mint a token for one signatory's visit, with the digest that the upload answered:

       node mint-token.mjs '{"scope": "signing", "origin": "${origin}", "identifier": "first-1",
         "document": {"digest": "…", "name": "Contrato.pdf"},
         "signatory": {"givenName": "Ana", "paternalSurname": "Ejemplo", "email": "ana@example.com"}}'

  5. In a page at ${origin}, whose back end answers /api/token with such a token:

       <script type="module" src="${publicUrl}/element/tu-esign.js"></script>
       <tu-esign></tu-esign>
       <script type="module">
         document.querySelector('tu-esign').getToken = async () => (await (await fetch('/api/token')).json()).token;
       </script>

Move mint-token.mjs and host-key.pem to the host's back end, and operator.key to where you keep secrets. Before others reach
the service it needs https in front of it (TU_ESIGN_PUBLIC_URL), and backups: tu-esign backup --help.
`;
