import { PDFHexString, type PDFDict } from '@cantoo/pdf-lib';
import { fromPem } from '#asn1/pem.ts';
import { verifySignedData } from '#asn1/verify-signed-data.ts';
import { Problem } from '#problem.ts';
import type { SignedCandidate, SignedFindings } from '#signing/document.ts';
import { readSignatureFields } from './form.ts';
import { openPdf, type PdfFile } from './pdf-file.ts';
import { name, numbersAt } from './pdf-objects.ts';
import { startsWith } from './verify-signature.ts';

/** A signature's value, and the ends of what it covers. */
interface Covered {
  contents: Buffer;
  bytes: Buffer;
  /** Offset behind the last byte that is covered. */
  end: number;
}

const refuse = (detail: string, cause?: unknown): Problem => new Problem('signed-document-invalid', detail, { cause });

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Undefined where /ByteRange leaves out anything but /Contents (ISO 32000-2, 12.8.1). */
const readCovered = ({ bytes }: PdfFile, signature: PDFDict): Covered | undefined => {
  const range = numbersAt(signature, 'ByteRange', 4);
  const contents = signature.lookup(name('Contents'));
  if (!range || !(contents instanceof PDFHexString)) return undefined;
  const [start, first, second, last] = range as [number, number, number, number];
  const [gap, end] = [bytes.toString('latin1', first, second), second + last];
  if (start !== 0 || end > bytes.length || !/^<[0-9a-f]*>$/i.test(gap)) return undefined;
  const value = Buffer.from(gap.slice(1, -1), 'hex');
  if (!value.equals(asBuffer(contents.asBytes()))) return undefined;
  return { contents: value, bytes: Buffer.concat([bytes.subarray(0, first), bytes.subarray(second, end)]), end };
};

/** Whether a signature holds, and was made with the key of this certificate. */
const isBy = (certificate: Buffer, { contents, bytes }: Covered): boolean => {
  try {
    const cms = verifySignedData(contents, bytes);
    return cms.signatureValid && cms.digestMatches && cms.signerCertificate?.equals(certificate) === true;
  } catch {
    return false;
  }
};

const readCertificate = (pem: string): Buffer => {
  try {
    return fromPem(pem);
  } catch (cause) {
    throw refuse('The certificate cannot be read', cause);
  }
};

const readSignatures = (document: Uint8Array): Covered[] => {
  try {
    const file = openPdf(document);
    return readSignatureFields(file).flatMap(({ value }) => (value && readCovered(file, value)) ?? []);
  } catch (cause) {
    throw refuse('The PDF cannot be read', cause);
  }
};

/**
 * Looks at a document of which a person says that it was signed: one signature in it that was not in the
 * agreement must hold, and be by the certificate's key.
 * @throws Problem signed-document-invalid
 */
export const verifySigned = ({ original, document, keyCertificate }: SignedCandidate): SignedFindings => {
  const certificate = readCertificate(keyCertificate);
  const keepsOriginal = startsWith(document, original);
  const added = readSignatures(document).filter(({ end }) => !keepsOriginal || end > original.length);
  const held = added.filter((covered) => isBy(certificate, covered));
  if (held.length === 0) throw refuse('No new signature in it verifies with the certificate');
  return { keepsOriginal, coversAll: held.some(({ end }) => end === document.length) };
};
