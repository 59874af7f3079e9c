import type { ProblemType } from '@tu-esign/contract';
import { Problem } from '#problem.ts';
import type { AcceptedDocument, FindingPolicy } from '#signing/document.ts';
import { EncryptedFault, Fault, ImpossibleFault, LimitFault } from '@tu-esign/verifier/pdf/fault.ts';
import type { Ports } from '@tu-esign/verifier/ports/ports.ts';
import { admit } from './admit.ts';
import { mendPages } from '#pades/upload/mend-pages.ts';

/** Within these first bytes readers look for the header (ISO 32000-1, annex H, 3.4.1). */
const headerWithin = 1024;

const headerAt = (bytes: Buffer): number => bytes.subarray(0, headerWithin).indexOf('%PDF-');

/** Behind the end of the file readers look no further back than this (ISO 32000-1, annex H, 3.4.4). */
const tailWithin = 1024;

const isOdd = (bytes: Buffer): boolean =>
  headerAt(bytes) !== 0 || bytes.length - bytes.lastIndexOf('%%EOF') > tailWithin;

// Few uploads need the library that recovers and decrypts, and it is the half of all that a thread would load.
const loadRewriting = () => import('#pades/upload/rewrite.ts');
const loadDecryption = () => import('#pades/upload/decrypt.ts');

/** An upload, and what its host wants of it. */
interface Upload {
  pdf: Uint8Array;
  bytes: Buffer;
  policy: FindingPolicy;
}

/** As it is: to the letter, so that an incremental update means the same to every reader. */
const acceptAsIs = ({ pdf, bytes, policy }: Upload, ports: Ports): Promise<AcceptedDocument> =>
  admit({ pdf, policy, recovered: false, odd: isOdd(bytes) }, ports);

const typeOf = (error: unknown): ProblemType => {
  if (error instanceof LimitFault) return 'document-too-complex';
  return error instanceof EncryptedFault ? 'document-encrypted' : 'document-damaged';
};

const refusal = (error: unknown): Problem => new Problem(typeOf(error), undefined, { cause: error });

/** What somebody has signed after all, though its bytes do not say so, would not be what was signed. */
const asRewritten = (accepted: AcceptedDocument): AcceptedDocument => {
  if (accepted.signatures > 0) throw new Problem('document-damaged');
  return { ...accepted, rewritten: true };
};

/** Where nothing but the list of pages is wrong. */
const acceptMended = async ({ pdf, bytes, policy }: Upload, ports: Ports): Promise<AcceptedDocument | undefined> => {
  try {
    const mended = mendPages(pdf, ports);
    return asRewritten(await admit({ pdf: mended, policy, recovered: false, odd: isOdd(bytes) }, ports));
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
};

const acceptRewritten = async ({ bytes, policy }: Upload, ports: Ports): Promise<AcceptedDocument> => {
  const { rewriteDocument } = await loadRewriting();
  const pdf = await rewriteDocument(bytes, ports);
  try {
    return asRewritten(await admit({ pdf, policy, recovered: true, odd: false }, ports));
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw refusal(error);
  }
};

const signedWithin =
  'It was signed while it was encrypted: to take the encryption off would break that signature, and nothing is added within it';

/** What was signed within its encryption is kept in it, and nothing is added to that. */
const acceptDecrypted = async ({ bytes, policy }: Upload, ports: Ports): Promise<AcceptedDocument> => {
  const isWanted = policy.encrypted === undefined || policy.encrypted === 'normalise';
  if (!isWanted) throw new Problem('document-encrypted', 'Its host takes no agreement that is encrypted');
  if (mayBeSigned(bytes)) throw new Problem('document-encrypted', signedWithin);
  const { decryptDocument } = await loadDecryption();
  const decrypted = await decryptDocument(bytes, ports);
  const accepted = await acceptDocument({ pdf: decrypted, policy }, ports);
  if (accepted.signatures > 0) throw new Problem('document-encrypted', signedWithin);
  const finding = { finding: 'encrypted', handling: 'normalised', places: [{}] } as const;
  return {
    ...accepted,
    rewritten: true,
    findings: [{ ...finding, places: [...finding.places] }, ...accepted.findings],
  };
};

// Where the structure is broken, the file may be encrypted without the trailer being found.
const mayBeEncrypted = (bytes: Buffer): boolean => /\/Encrypt\s+\d+\s+\d+\s+R/.test(bytes.toString('latin1'));

/** Whether objects stand behind the last end of the file: some readers see them, and others the revision before. */
const hidesRevision = (bytes: Buffer): boolean => {
  const end = bytes.lastIndexOf('%%EOF');
  return end !== -1 && /[^\d]\d+\s+\d+\s+obj\b/.test(bytes.toString('latin1', end));
};

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
    if (hidesRevision(bytes)) throw new ImpossibleFault('A revision stands behind the end of the file');
    return await acceptAsIs(upload, ports);
  } catch (error) {
    if (error instanceof Problem) throw error;
    if (error instanceof EncryptedFault || mayBeEncrypted(bytes)) return acceptDecrypted(upload, ports);
    // What would take for ever, or all memory, is not tried again by a reader that recovers what it can.
    if (mayBeSigned(bytes) || error instanceof ImpossibleFault || error instanceof LimitFault) throw refusal(error);
    return (await acceptMended(upload, ports)) ?? acceptRewritten(upload, ports);
  }
};
