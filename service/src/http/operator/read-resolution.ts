import { ResolutionOutcome } from '@tu-esign/contract';
import type { FileStore } from '#files/file-store.ts';
import { keepOutput } from '#files/keep-output.ts';
import type { Admission } from '#http/limits/admission.ts';
import { bodyBytes } from '#http/request/body.ts';
import { readMultipart } from '#http/request/multipart.ts';
import type { Context } from '#http/request/route.ts';
import { Problem } from '#problem.ts';
import type { SignedFindings, VerifySigned } from '#signing/document.ts';
import type { Resolution } from '#signing/resolve.ts';
import { inputKey, type Signing } from '#signing/signing.ts';

export interface ReadResolutionDeps {
  files: FileStore;
  admission: Pick<Admission, 'bodies'>;
  readonly verifySigned: VerifySigned;
  limits: { documentBytes: number };
}

/** Enough for a certificate and its chain. */
const fieldBytes = 256 * 1024;

/** Room for the largest agreement, and for what signing has added to it. */
const documentBytes = ({ limits }: ReadResolutionDeps): number => 2 * limits.documentBytes;

/** What the form says. */
interface ResolutionForm {
  outcome: ResolutionOutcome;
  document: Buffer | undefined;
  keyCertificate: string | undefined;
  /** Whether the operator says that the provider writes documents anew. */
  rewritten: boolean;
}

/**
 * What the operator has found out. A signed document that comes with it is verified first, and kept.
 * @throws Problem body-malformed, body-too-large, document-too-large, signed-document-invalid…
 */
export const readResolution = async (
  context: Context,
  signing: Signing,
  deps: ReadResolutionDeps,
): Promise<Resolution> => {
  const bytes = bodyBytes(context.req, documentBytes(deps) + fieldBytes);
  return deps.admission.bodies.during('the operator', bytes, async () =>
    toResolution(signing, await readForm(context, deps), deps),
  );
};

const readForm = async (context: Context, deps: ReadResolutionDeps): Promise<ResolutionForm> => {
  const limits = { fileBytes: documentBytes(deps), fieldBytes, tooLarge: 'document-too-large' } as const;
  const { files, fields } = await readMultipart(context, ['document'], limits);
  const { success, data } = ResolutionOutcome.safeParse(fields['outcome']);
  if (!success) throw new Problem('body-malformed', 'outcome is signed, not-signed or failed');
  const rewritten = fields['rewritten'] === 'true';
  // Forms send every line end of a text as CRLF (HTML, multipart form data).
  const keyCertificate = fields['key-certificate']?.replaceAll('\r\n', '\n');
  return { outcome: data, document: files.document, keyCertificate, rewritten };
};

const toResolution = async (signing: Signing, form: ResolutionForm, deps: ReadResolutionDeps): Promise<Resolution> => {
  const { outcome, document, keyCertificate, rewritten } = form;
  if (outcome !== 'signed') return { outcome };
  if (!document || !keyCertificate)
    throw new Problem('body-malformed', 'signed comes with document and key-certificate');
  const findings = await verify(signing, { document, keyCertificate }, deps);
  // It is likelier that a person took the wrong file than that the provider writes documents anew.
  if (!findings.keepsOriginal && !rewritten) {
    throw new Problem(
      'signed-document-invalid',
      'It does not begin with the agreement: say rewritten where that is so',
    );
  }
  const keep = (content: Uint8Array) => keepOutput(signing, content, deps.files);
  const outputs = { document: await keep(document), keyCertificate: await keep(Buffer.from(keyCertificate)) };
  return { outcome, outputs, findings };
};

const verify = async (
  signing: Signing,
  signed: { document: Buffer; keyCertificate: string },
  { files, verifySigned }: ReadResolutionDeps,
): Promise<SignedFindings> => {
  const original = await files.read(inputKey(signing));
  if (!original) throw new Error('the agreement is missing');
  return verifySigned({ original, ...signed });
};
