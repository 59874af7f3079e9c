import { chooseLocale, Evidence, FileName, type Locale } from '@tu-esign/contract';
import { clientOf } from '#http/request/client.ts';
import { sandboxFile } from '#http/request/sandbox-file.ts';
import { requireNotWithdrawn } from '#http/request/document-to-sign.ts';
import { readKept, type KeptFileDeps } from '#http/request/kept-file.ts';
import type { Route } from '#http/request/route.ts';
import { Problem } from '#problem.ts';
import type { SigningStore } from '#records/signing-store.ts';
import type { Links } from '#signing/links.ts';
import { outputKey, type KeptFile, type Signing } from '#signing/signing.ts';
import { mediaTypes } from '#signing/view.ts';

export interface GetFileDeps extends KeptFileDeps {
  store: SigningStore;
  links: Pick<Links, 'verify'>;
  /** PEM of the certificate whose key seals evidence, and of its chain without the root. */
  sealCertificates: string;
}

/** What a file is, in the signatory's language. */
const endings: Record<Locale, Record<FileName, string>> = {
  'es-MX': {
    document: 'firmado.pdf',
    'key-certificate': 'certificado.pem',
    'conservation-certificate': 'constancia.tsr',
    evidence: 'bitacora.json',
  },
  en: {
    document: 'signed.pdf',
    'key-certificate': 'key-certificate.pem',
    'conservation-certificate': 'conservation-certificate.tsr',
    evidence: 'audit-trail.json',
  },
  'pt-BR': {
    document: 'assinado.pdf',
    'key-certificate': 'certificado.pem',
    'conservation-certificate': 'certificado-de-conservacao.tsr',
    evidence: 'trilha-de-auditoria.json',
  },
};

/** Sends a file of a signing to whoever has an expiring link to it; each download is written into the evidence. */
export const getFile: Route<GetFileDeps> = {
  method: 'get',
  path: '/v1/signings/:id/files/:file',
  summary: 'Download a file by its link',
  security: 'link',
  responses: {
    200: {
      description: 'The file',
      content: {
        ...Object.fromEntries(Object.entries(mediaTypes).map(([file, type]) => [type, file])),
        [mediaTypes.evidence]: Evidence,
      },
    },
  },
  problems: ['link-invalid', 'link-expired', 'signing-not-found', 'request-withdrawn', 'file-pending', 'file-damaged'],
  async handle(context, deps) {
    const { success, data: file } = FileName.safeParse(context.params['file']);
    if (!success) throw new Problem('link-invalid');
    const signingId = context.params['id'] ?? '';
    const by = deps.links.verify({ signingId, file }, new URLSearchParams(context.querystring));
    const signing = await deps.store.find(signingId);
    if (!signing) throw new Problem('signing-not-found');
    if (by === 'signatory') await requireNotWithdrawn(signing.host, signing.identifier, deps.store);
    const content = await readFileOf(signing, file, deps);
    const { digest } = keptFile(signing, file) ?? {};
    // Written before the file is sent, so that no download is missing from the evidence.
    await deps.store.countDownload({ signingId, file, by, ...(digest && { digest }), client: clientOf(context) });
    // Who has declined has agreed to nothing in any language.
    const locale = signing.consent?.locale ?? chooseLocale(signing.request.locale ?? 'es-MX');
    const name = `${baseName(signing)}-${endings[locale][file]}`;
    sandboxFile(context);
    context.attachment(name, { fallback: withoutAccents(name) });
    context.type = keptFile(signing, file)?.mediaType ?? mediaTypes[file];
    context.body = content;
  },
};

const readFileOf = async (signing: Signing, file: FileName, deps: GetFileDeps): Promise<Buffer> => {
  if (file === 'evidence') return evidenceOf(signing, deps);
  const kept = keptFile(signing, file);
  if (!kept) throw new Problem('file-pending');
  return readKept(outputKey(signing.id, kept.digest), { signing: signing.id }, deps);
};

const keptFile = ({ outputs }: Signing, file: FileName): KeptFile | undefined =>
  ({
    evidence: undefined,
    document: outputs.document,
    'key-certificate': outputs.keyCertificate,
    'conservation-certificate': outputs.conservationCertificate,
  })[file];

const evidenceOf = async ({ id, identifier }: Signing, deps: GetFileDeps): Promise<Buffer> => {
  const entries = await deps.store.listEvidence(id);
  const evidence: Evidence = { version: 1, signing: id, identifier, entries, certificates: deps.sealCertificates };
  return Buffer.from(JSON.stringify(evidence, undefined, 2));
};

/** The document's name without what a file system may not like. */
const baseName = ({ request }: Signing): string =>
  request.document.name
    .replace(/\.pdf$/i, '')
    .replace(/[^\p{L}\p{N} ._-]/gu, '_')
    .slice(0, 80) || 'document';

/** Beside the whole name in UTF-8: bytes beyond ASCII in `filename` are read in many ways (RFC 6266, appendix D). */
const withoutAccents = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^ -~]/g, '_');
