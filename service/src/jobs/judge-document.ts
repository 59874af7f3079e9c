import { signatureLevels, type SignatureLevel } from '@tu-esign/contract';
import {
  failedOf,
  type Findings,
  type VerifiedDocument,
  type VerifiedSignature,
} from '@tu-esign/verifier/verdicts/findings.ts';
import type { SigningOrder } from '#providers/provider.ts';
import type { Deps } from './step.ts';

/** Where one of these fails, it is not the agreement, signed. Other findings that fail are told with the document. */
const required = new Set(['parsed', 'originalPagesKept', 'signaturesPresent']);

/** A document that a provider says it has signed, and what was found of it. */
export interface JudgedDocument {
  /** Whether it is the document that was sent, with the signatures that are due by now, and all of them hold. */
  believed: boolean;
  findings: Findings;
  /** Those by persons, in the order in which they were made. */
  signatures: VerifiedSignature[];
  pages: number;
  /** The lowest of the signatures that were made here; absent where one has none. */
  level?: SignatureLevel;
  /** Where it holds only at a time that is still to come here. */
  clock?: 'behind';
}

/** How far the clock of who stamps may be before ours. */
const mostAheadMs = 24 * 3_600_000;

/**
 * Judges a signed document before it is kept as such. A time-stamp from a time that is still to come says that a clock is
 * wrong, which may be ours: no person could find out more, and what holds a day later is believed.
 */
export const judgeDocument = async (
  document: Uint8Array,
  order: SigningOrder,
  { verifyDocument, now }: Deps,
): Promise<JudgedDocument> => {
  const at = now();
  const judged = await judgeAt(at, { document, order, verifyDocument });
  if (judged.believed) return judged;
  const later = await judgeAt(new Date(at.getTime() + mostAheadMs), { document, order, verifyDocument });
  return later.believed ? { ...later, clock: 'behind' } : judged;
};

interface ToJudge extends Pick<Deps, 'verifyDocument'> {
  document: Uint8Array;
  order: SigningOrder;
}

const judgeAt = async (now: Date, { document, order, verifyDocument }: ToJudge): Promise<JudgedDocument> => {
  const { document: original, position } = order;
  const verified = await verifyDocument({ document, original, now });
  if (verified.findings.originalPagesKept !== false || !verified.startsWithOriginal) return judge(verified, position);
  // Its first bytes are the original's, and yet its pages look changed. If the original looks changed when it is
  // compared with itself, such pages cannot be compared: what is found of them is then not known, and has not failed.
  const { findings } = await verifyDocument({ document: original, original, now });
  const unknown = { originalPagesKept: null, originalPagesUnchanged: null };
  const changes = findings.originalPagesKept === false ? unknown : {};
  return judge({ ...verified, findings: { ...verified.findings, ...changes } }, position);
};

const judge = ({ findings, signatures, pages }: VerifiedDocument, position: number): JudgedDocument => {
  const persons = signatures.filter(({ kind }) => kind === 'signature');
  const failed = failedOf(findings).filter((name) => required.has(name));
  // The agreement may have been signed before it was uploaded: those signatures come first, and are not judged here.
  const ours = persons.slice(-position);
  const hold = ours.length === position && ours.every((signature) => failedOf(signature.findings).length === 0);
  const level = lowestOf(ours);
  const believed = failed.length === 0 && hold;
  return { believed, findings: { ...findings }, signatures: persons, pages, ...(level && { level }) };
};

const lowestOf = (signatures: readonly VerifiedSignature[]): SignatureLevel | undefined => {
  const reached = new Set(signatures.map(({ level }) => level));
  return reached.has(null) ? undefined : signatureLevels.find((level) => reached.has(level));
};
