import { canonicalJson } from './canonical-json.ts';
import { digestOf } from './digest.ts';

/** What was observed; `data` is a JSON object. */
export interface Observation {
  kind:
    | 'token-accepted'
    | 'consent-given'
    | 'autograph-received'
    | 'declined'
    | 'submitted'
    | 'not-signed'
    | 'resolved'
    | 'signed'
    | 'conserved'
    | 'completed'
    | 'failed'
    | 'review-needed'
    | 'downloaded';
  data: Record<string, unknown>;
}

/** An observation in its place: each entry holds the digest of the one before. */
export interface EvidenceEntry extends Observation {
  /** Counts from 1. */
  sequence: number;
  /** RFC 3339, UTC. */
  at: string;
  /** Digest of the entry before; 64 zeros for the first. */
  previous: string;
  /** SHA-256 of this entry without this member, in canonical JSON (RFC 8785). */
  digest: string;
}

/** An entry as it is kept: signed by the service when it was the head of its chain. */
export interface SealedEntry extends EvidenceEntry {
  /** See Seal. */
  seal: string;
}

const start = { sequence: 0, digest: '0'.repeat(64) };

/** Puts an observation behind the last entry of a chain. */
export const appendEvidence = (
  last: Pick<EvidenceEntry, 'sequence' | 'digest'> | undefined,
  observation: Observation,
  at: Date,
): EvidenceEntry => {
  const { sequence, digest: previous } = last ?? start;
  const entry = { ...observation, sequence: sequence + 1, at: at.toISOString(), previous };
  return { ...entry, digest: digestOf(canonicalJson(entry)) };
};

/** The sequence number of the first entry that does not fit, or undefined where the whole chain holds. */
export const findBreak = (entries: readonly (EvidenceEntry & { seal?: string })[]): number | undefined => {
  let last: Pick<EvidenceEntry, 'sequence' | 'digest'> = start;
  for (const { digest, seal: _, ...entry } of entries) {
    const fits = entry.sequence === last.sequence + 1 && entry.previous === last.digest;
    if (!fits || digest !== digestOf(canonicalJson(entry))) return last.sequence + 1;
    last = { sequence: entry.sequence, digest };
  }
  return undefined;
};
