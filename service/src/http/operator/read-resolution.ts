import { ResolutionOutcome } from '@tu-esign/contract';
import { Problem } from '#problem.ts';
import { digestOf } from '#signing/digest.ts';
import type { SignedFindings } from '#signing/document.ts';
import type { Resolution } from '#signing/resolve.ts';
import { givenKey, outputKey, type KeptFile, type Signing } from '#signing/signing.ts';
import { bodyBytes } from '#http/limits/body.ts';
import { readMultipart } from '#http/limits/multipart.ts';
import type { Context } from '#http/route.ts';
import type { Services } from '#http/services.ts';

/** A certificate and its chain. */
const fieldBytes = 256 * 1024;

/** What a signature adds to the largest agreement is little beside it. */
const documentBytes = ({ limits }: Services): number => 2 * limits.documentBytes;

interface Given {
  outcome: ResolutionOutcome;
  document: Buffer | undefined;
  keyCertificate: string | undefined;
  /** Whether the operator says that the provider writes documents anew. */
  rewritten: boolean;
}

/**
 * What the operator has found out; a signed document is verified, and kept, before it is believed.
 * @throws Problem body-malformed, body-too-large, document-too-large, signed-document-invalid…
 */
export const readResolution = async (context: Context, signing: Signing, services: Services): Promise<Resolution> => {
  const bytes = bodyBytes(context.req, documentBytes(services) + fieldBytes);
  return services.intake.bodies.during(bytes, async () =>
    toResolution(signing, await readGiven(context, services), services),
  );
};

const readGiven = async (context: Context, services: Services): Promise<Given> => {
  const limits = { fileBytes: documentBytes(services), fieldBytes, tooLarge: 'document-too-large' } as const;
  const { file, fields } = await readMultipart(context, 'document', limits);
  const { success, data } = ResolutionOutcome.safeParse(fields['outcome']);
  if (!success) throw new Problem('body-malformed', 'outcome is signed, not-signed or failed');
  const rewritten = fields['rewritten'] === 'true';
  // A form's text travels with CRLF at its line ends, whatever they were (HTML, multipart form data).
  const keyCertificate = fields['keyCertificate']?.replaceAll('\r\n', '\n');
  return { outcome: data, document: file, keyCertificate, rewritten };
};

const toResolution = async (signing: Signing, given: Given, services: Services): Promise<Resolution> => {
  const { outcome, document, keyCertificate, rewritten } = given;
  if (outcome !== 'signed') return { outcome };
  if (!document || !keyCertificate)
    throw new Problem('body-malformed', 'signed comes with document and keyCertificate');
  const findings = await verify(signing, { document, keyCertificate }, services);
  // More likely than a provider that writes anew is a person who took the wrong file.
  if (!findings.keepsOriginal && !rewritten) {
    throw new Problem(
      'signed-document-invalid',
      'It does not begin with the agreement: say rewritten where that is so',
    );
  }
  const keep = async (content: Uint8Array): Promise<KeptFile> => {
    const kept = { digest: digestOf(content), bytes: content.length };
    await services.files.write(outputKey(signing.id, kept.digest), content);
    return kept;
  };
  const outputs = { document: await keep(document), keyCertificate: await keep(Buffer.from(keyCertificate)) };
  return { outcome, outputs, findings };
};

const verify = async (
  signing: Signing,
  signed: { document: Buffer; keyCertificate: string },
  { files, verifySigned }: Services,
): Promise<SignedFindings> => {
  const original = await files.read(givenKey(signing));
  if (!original) throw new Error('the agreement is missing');
  return verifySigned({ original, ...signed });
};
