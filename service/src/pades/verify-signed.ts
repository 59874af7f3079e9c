import { equalBytes, startsWith } from '@tu-esign/verifier/bytes.ts';
import { fromPem } from '@tu-esign/verifier/asn1/pem.ts';
import { verifySignedData } from '@tu-esign/verifier/cms/verify-signed-data.ts';
import { Problem } from '#problem.ts';
import type { SignedCandidate, SignedFindings } from '#signing/document.ts';
import { readSignatureFields } from '@tu-esign/verifier/pdf/form.ts';
import { openPdf } from '@tu-esign/verifier/pdf/pdf-file.ts';
import type { Ports } from '@tu-esign/verifier/ports/ports.ts';
import { readSignedBytes, type SignedBytes } from '@tu-esign/verifier/pdf/signature-value.ts';

const refuse = (detail: string, cause?: unknown): Problem => new Problem('signed-document-invalid', detail, { cause });

/** Whether a signature holds, and was made with the key of this certificate. */
const isBy = async (certificate: Uint8Array, { contents, bytes }: SignedBytes, ports: Ports): Promise<boolean> => {
  try {
    const cms = await verifySignedData({ cms: contents, detached: bytes }, ports);
    // What is inside would be what was signed, in place of the document.
    if (cms.content || !cms.signerCertificate) return false;
    return cms.signatureValid && cms.digestMatches && equalBytes(cms.signerCertificate, certificate);
  } catch {
    return false;
  }
};

const readCertificate = (pem: string): Uint8Array => {
  try {
    return fromPem(pem);
  } catch (cause) {
    throw refuse('The certificate cannot be read', cause);
  }
};

const readSignatures = (document: Uint8Array, ports: Ports): SignedBytes[] => {
  try {
    const file = openPdf(document, ports);
    return readSignatureFields(file).flatMap(({ value }) => (value && readSignedBytes(file, value)) ?? []);
  } catch (cause) {
    throw refuse('The PDF cannot be read', cause);
  }
};

/**
 * Looks at a document of which a person says that it was signed: one signature in it that was not in the
 * agreement must hold, and be by the certificate's key.
 * @throws Problem signed-document-invalid
 */
export const verifySigned = async (
  { original, document, keyCertificate }: SignedCandidate,
  ports: Ports,
): Promise<SignedFindings> => {
  const certificate = readCertificate(keyCertificate);
  const keepsOriginal = startsWith(document, original);
  const added = readSignatures(document, ports).filter(({ end }) => !keepsOriginal || end > original.length);
  const by = await Promise.all(added.map((signedBytes) => isBy(certificate, signedBytes, ports)));
  const held = added.filter((_, index) => by[index]);
  if (held.length === 0) throw refuse('No new signature in it verifies with the certificate');
  return { keepsOriginal, coversAll: held.some(({ end }) => end === document.length) };
};
