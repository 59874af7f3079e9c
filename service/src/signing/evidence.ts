import type { EvidenceKind, SealedEntry } from '@tu-esign/contract';
import { canonicalJson } from './canonical-json.ts';
import { digestOf } from './digest.ts';

/** What was observed; `data` is a JSON object. */
export interface Observation {
  kind: EvidenceKind;
  data: Record<string, unknown>;
}

/** An observation in its place: each entry holds the digest of the one before. */
export type EvidenceEntry = Omit<SealedEntry, 'seal'>;

/** What an entry is measured by: the one before it. */
type Link = Pick<EvidenceEntry, 'sequence' | 'digest'>;

const start: Link = { sequence: 0, digest: '0'.repeat(64) };

/** Puts an observation behind the last entry of a chain. */
export const appendEvidence = (last: Link | undefined, observation: Observation, at: Date): EvidenceEntry => {
  const { sequence, digest: previous } = last ?? start;
  const entry = { ...observation, sequence: sequence + 1, at: at.toISOString(), previous };
  return { ...entry, digest: digestOf(canonicalJson(entry)) };
};

/** What does not hold of an entry: its place behind the one before, or its own digest. */
export interface EntryFault {
  /** Counts from 1, by the place in the list. */
  entry: number;
  what: 'order' | 'digest';
}

/** Everything that does not hold in a chain, in its order. */
export const findFaults = (entries: readonly (EvidenceEntry & { seal?: string })[]): EntryFault[] => {
  const faults: EntryFault[] = [];
  let last = start;
  for (const [index, { digest, seal: _, ...entry }] of entries.entries()) {
    const inPlace = entry.sequence === index + 1 && entry.previous === last.digest;
    if (!inPlace) faults.push({ entry: index + 1, what: 'order' });
    if (digest !== digestOf(canonicalJson(entry))) faults.push({ entry: index + 1, what: 'digest' });
    last = { sequence: entry.sequence, digest };
  }
  return faults;
};

/** The number of the first entry that does not fit, or undefined where the whole chain holds. */
export const findBreak = (entries: readonly (EvidenceEntry & { seal?: string })[]): number | undefined =>
  findFaults(entries)[0]?.entry;
