import type { SealedEntry } from '@tu-esign/contract';
import { toHex } from '#bytes.ts';
import type { Cryptography } from '#ports/ports.ts';
import { canonicalJson } from './canonical-json.ts';

/** An observation in its place: each entry holds the digest of the one before. */
export type EvidenceEntry = Omit<SealedEntry, 'seal'>;

/** What an entry is measured by: the one before it. */
export type Link = Pick<EvidenceEntry, 'sequence' | 'digest'>;

/** What the first entry follows. */
export const start: Link = { sequence: 0, digest: '0'.repeat(64) };

/** What does not hold of an entry: its place behind the one before, or its own digest. */
export interface EntryFault {
  /** Counts from 1, by the place in the list. */
  entry: number;
  what: 'order' | 'digest';
}

const encoder = new TextEncoder();

/** Everything that does not hold in a chain, in its order. */
export const findFaults = (
  entries: readonly (EvidenceEntry & { seal?: string })[],
  ports: Cryptography,
): EntryFault[] => {
  const faults: EntryFault[] = [];
  let last = start;
  for (const [index, { digest, seal: _, ...entry }] of entries.entries()) {
    const inPlace = entry.sequence === index + 1 && entry.previous === last.digest;
    if (!inPlace) faults.push({ entry: index + 1, what: 'order' });
    const computed = toHex(ports.digest('sha256', encoder.encode(canonicalJson(entry))));
    if (digest !== computed) faults.push({ entry: index + 1, what: 'digest' });
    last = { sequence: entry.sequence, digest };
  }
  return faults;
};
