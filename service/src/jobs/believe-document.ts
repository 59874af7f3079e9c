import type { SigningOrder } from '#providers/provider.ts';
import {
  failedOf,
  type Findings,
  type VerifiedDocument,
  type VerifiedSignature,
} from '@tu-esign/verifier/verdicts/findings.ts';
import type { Neighbours } from './step.ts';

/** Without these nobody would call it the agreement, signed; the others are told. */
const required = new Set(['parsed', 'originalPagesKept', 'signaturesPresent']);

/** What was found of a document that a provider says it has signed. */
export interface Belief {
  believed: boolean;
  findings: Findings;
  /** Those by persons, in the order in which they were made. */
  signatures: VerifiedSignature[];
  pages: number;
}

/** Looks at a signed document before it is believed. */
export const judgeDocument = async (
  document: Uint8Array,
  { document: original, position }: SigningOrder,
  { verifyDocument, now }: Neighbours,
): Promise<Belief> => {
  const verified = await verifyDocument({ document, original, now: now() });
  if (verified.findings.originalPagesKept !== false || !verified.startsWithOriginal)
    return toBelief(verified, position);
  // Pages that are not even like themselves cannot be compared; they are there, byte for byte.
  const { findings } = await verifyDocument({ document: original, original, now: now() });
  const unknown = { originalPagesKept: null, originalPagesUnchanged: null };
  const changes = findings.originalPagesKept === false ? unknown : {};
  return toBelief({ ...verified, findings: { ...verified.findings, ...changes } }, position);
};

const toBelief = ({ findings, signatures, pages }: VerifiedDocument, position: number): Belief => {
  const persons = signatures.filter(({ kind }) => kind === 'signature');
  const failed = failedOf(findings).filter((name) => required.has(name));
  // The agreement may have come with signatures that were never ours to judge.
  const ours = persons.slice(-position);
  const hold = ours.length === position && ours.every((signature) => failedOf(signature.findings).length === 0);
  return { believed: failed.length === 0 && hold, findings: { ...findings }, signatures: persons, pages };
};
