import { Fault, ImpossibleFault } from './fault.ts';

/** Objects of one file: of more the cross-reference alone fills a thread's memory. */
export const mostObjects = 2_000_000;

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
