import { integer, sample } from 'fast-check';
import type { Group } from './signed-documents.ts';

/** Which of all documents are judged: a slice by chance in `test:full`, and everything where it is asked for. */

const extent = process.env['TU_ESIGN_FUZZ'] ?? 'part';

const shares: Record<string, number> = { part: 0.02, full: 0.1, long: 1 };

/** Whether nothing is left out. */
export const isEverything = extent === 'long';

/** Told by the tests' names, so that whoever sees one fail can have the same documents again. */
export const seed = Number(process.env['TU_ESIGN_FUZZ_SEED'] ?? Math.floor(Math.random() * 1_000_000_000));

/** As many of all groups as are asked for, in the order in which they are judged: another one for each seed. */
export const sliceOf = (groups: readonly Group[]): Group[] => {
  const places = sample(integer(), { seed, numRuns: groups.length });
  const shuffled = [...groups.keys()].toSorted((one, other) => places[one]! - places[other]!);
  return shuffled.slice(0, Math.ceil(groups.length * shares[extent]!)).map((at) => groups[at]!);
};
