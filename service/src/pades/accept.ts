import type { ProblemType } from '@tu-esign/contract';
import { Problem } from '#problem.ts';
import { findIn } from '#intake/find.ts';
import { handle, requireNoneRefused } from '#intake/policy.ts';
import type { AcceptedDocument, FindingPolicy } from '#signing/document.ts';
import { EncryptedFault, Fault, ImpossibleFault, LimitFault } from '@tu-esign/verifier/pdf/fault.ts';
import { isLocked, readSignatureFields } from '@tu-esign/verifier/pdf/form.ts';
import { readPages } from '@tu-esign/verifier/pdf/page-tree.ts';
import { assertPlaces, openPdf, type PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';
import type { Ports } from '@tu-esign/verifier/ports/ports.ts';
import { rehearse } from './rehearse.ts';
import { rewriteDocument } from './rewrite.ts';

/** Within these first bytes readers look for the header (ISO 32000-1, annex H, 3.4.1). */
const headerWithin = 1024;

const headerAt = (bytes: Buffer): number => bytes.subarray(0, headerWithin).indexOf('%PDF-');

type Described = Pick<AcceptedDocument, 'pages' | 'signatures' | 'findings'>;

const describe = (file: PdfFile, { policy, recovered }: { policy: FindingPolicy; recovered: boolean }): Described => {
  const pages = readPages(file);
  if (pages.length === 0) throw new Problem('document-without-pages');
  const fields = readSignatureFields(file);
  if (isLocked(file, fields)) throw new Problem('document-locked');
  const signatures = fields.filter(({ value }) => value !== undefined).length;
  const all = findIn(file, pages);
  // Readers that recover what they can would read it, each in a way of its own.
  if (all.has('unreadable-object') && signatures === 0 && !recovered) throw new Fault('An object cannot be read');
  const handled = handle(all, policy, signatures > 0);
  const { refused, normalised } = handled;
  requireNoneRefused({ ...handled, refused: [...refused, ...normalised] });
  return { pages: pages.length, signatures, findings: handled.told };
};

/** An upload, and what its host wants of it. */
interface Upload {
  pdf: Uint8Array;
  bytes: Buffer;
  policy: FindingPolicy;
}

/** As it is: to the letter, so that an incremental update means the same to every reader. */
const acceptAsIs = ({ pdf, bytes, policy }: Upload, ports: Ports): AcceptedDocument => {
  const file = openPdf(pdf, ports);
  assertPlaces(file);
  const odd = headerAt(bytes) !== 0 || file.crossReference.hybrid;
  const found = describe(file, { policy, recovered: false });
  if (odd && found.signatures === 0) throw new Fault('The file is odd and was never signed');
  return { pdf, rewritten: false, ...found, signaturePlace: rehearse(pdf, ports) };
};

const typeOf = (error: unknown): ProblemType => {
  if (error instanceof LimitFault) return 'document-too-complex';
  return error instanceof EncryptedFault ? 'document-encrypted' : 'document-damaged';
};

const refusal = (error: unknown): Problem => new Problem(typeOf(error), undefined, { cause: error });

const acceptRewritten = async ({ bytes, policy }: Upload, ports: Ports): Promise<AcceptedDocument> => {
  const pdf = await rewriteDocument(bytes, ports);
  try {
    const file = openPdf(pdf, ports);
    assertPlaces(file);
    const found = describe(file, { policy, recovered: true });
    return { pdf, rewritten: true, ...found, signaturePlace: rehearse(pdf, ports) };
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw refusal(error);
  }
};

// Where the structure is broken, the file may be encrypted without the trailer being found.
const mayBeEncrypted = (bytes: Buffer): boolean => /\/Encrypt\s+\d+\s+\d+\s+R/.test(bytes.toString('latin1'));

// A signature's /ByteRange is never inside a compressed stream, whose digest would be of itself.
const mayBeSigned = (bytes: Buffer): boolean => bytes.includes('/ByteRange');

/**
 * Reads an uploaded agreement. What was never signed and is not to the letter is rewritten once; what was
 * signed is kept or refused.
 * @throws Problem, as AcceptDocument says
 */
export const acceptDocument = async (
  { pdf, policy }: Pick<Upload, 'pdf' | 'policy'>,
  ports: Ports,
): Promise<AcceptedDocument> => {
  const bytes = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  const upload = { pdf, bytes, policy };
  if (headerAt(bytes) === -1) throw new Problem('document-not-pdf');
  try {
    return acceptAsIs(upload, ports);
  } catch (error) {
    if (error instanceof Problem) throw error;
    if (error instanceof EncryptedFault || mayBeEncrypted(bytes)) throw new Problem('document-encrypted');
    // What would take for ever, or all memory, is not tried again by a reader that recovers what it can.
    if (mayBeSigned(bytes) || error instanceof ImpossibleFault || error instanceof LimitFault) throw refusal(error);
    return acceptRewritten(upload, ports);
  }
};
