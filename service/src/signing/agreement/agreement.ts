import type { EndReason, Sequence, SequenceState } from '@tu-esign/contract';
import { stateOf, type OutputName } from '#signing/outputs.ts';
import { isLast, sequenceOf } from '#signing/sequence.ts';
import type { Signing } from '#signing/signing.ts';

/** What a host names with one identifier, as a whole: the record of how it ended. */
export interface Agreement {
  host: string;
  identifier: string;
  state: 'open' | AgreementEnd['state'];
  /** Why it will not be completed. */
  reason: EndReason | null;
  /** When the host withdrew it: milliseconds since the epoch. */
  withdrawnAt: number | null;
  /** The host's words on that. */
  withdrawReason: string | null;
}

/** How an agreement has come to its end. */
export type AgreementEnd = { state: 'completed'; reason: null } | { state: 'ended'; reason: EndReason };

const outputNames: readonly OutputName[] = ['document', 'keyCertificate', 'conservationCertificate'];

const endings = new Set<string>(['declined', 'failed', 'withdrawn'] satisfies EndReason[]);

/** What the signings of an agreement say of its end; undefined as long as it is open. */
export const endOf = (signings: readonly Signing[]): AgreementEnd | undefined => {
  const ended = signings.find(({ status }) => endings.has(status));
  if (ended) return { state: 'ended', reason: ended.status as EndReason };
  if (signings.length < sizeOf(signings) || signings.some(({ status }) => status !== 'completed')) return undefined;
  const lacks = signings.some((signing) => outputNames.some((name) => stateOf(signing, name) === 'failed'));
  return lacks ? { state: 'ended', reason: 'output-failed' } : { state: 'completed', reason: null };
};

/** How many sign; at least one has come. */
const sizeOf = ([signing]: readonly Signing[]): number => (signing ? sequenceOf(signing.request).of : 1);

export const isSignedByAll = (signings: readonly Signing[]): boolean =>
  signings.some((signing) => isLast(signing) && signing.outputs.document);

/**
 * How far all are, from the signings that there are under one identifier.
 * @param withdrawn whether the host has withdrawn it
 */
export const stateOfSequence = (signings: readonly Signing[], withdrawn = false): SequenceState => {
  const end = endOf(signings);
  if (end?.state === 'completed') return 'completed';
  if (isSignedByAll(signings)) return 'signed';
  return end || withdrawn ? 'ended' : 'open';
};

/** Whose turn it is; where nobody's, who was the last to act. */
export const turnOf = (signings: readonly Signing[]): Sequence => {
  const of = sizeOf(signings);
  const last = signings.at(-1);
  if (!last) return { position: 1, of };
  const { position } = sequenceOf(last.request);
  return { position: last.outputs.document ? Math.min(position + 1, of) : position, of };
};
