import { Fault, ImpossibleFault, LimitFault } from './fault.ts';

/**
 * Objects of one file. More than any agreement has; and the most that a map holds in less than 16 MB at once, of which
 * V8 ends the whole process where a thread of limited memory has no room for it.
 */
export const mostObjects = 500_000;

/** Entries in all sections of a cross-reference, which name an object anew for each update of it. */
export const mostEntries = 4 * mostObjects;

/** ISO 32000-2, annex C. */
export const largestObjectNumber = 8_388_607;

/**
 * A count that the file states, looked at before anything is done so often: none is larger than the bytes that
 * hold what is counted.
 * @throws Fault, ImpossibleFault
 */
export const requireCount = (count: number | undefined, bytes: number): number => {
  if (count === undefined || !Number.isSafeInteger(count) || count < 0) throw new Fault('A count is no count');
  if (count > bytes) throw new ImpossibleFault('A count is larger than its bytes can hold');
  return count;
};

/** @throws ImpossibleFault where a file, in whatever many parts, holds more than this of something */
export const createBudget = (most: number): ((amount: number) => void) => {
  let left = most;
  return (amount) => {
    left -= amount;
    if (left < 0) throw new ImpossibleFault('A file holds more than is read of one');
  };
};

/** Before one more object is kept beside so many. @throws LimitFault */
export const requireRoom = ({ size }: { size: number }): void => {
  if (size >= mostObjects) throw new LimitFault('A file has too many objects');
};
