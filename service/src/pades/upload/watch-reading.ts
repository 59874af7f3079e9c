import { createBudget } from '@tu-esign/verifier/pdf/bounds.ts';
import { ImpossibleFault } from '@tu-esign/verifier/pdf/fault.ts';

/** What is empty and read as such: a stream without bytes, and a few of what the library passes over. */
const mostEmpty = 20_000;

/** Bytes as the library may read them. */
export interface Watch {
  readonly watch: (bytes: Uint8Array) => Uint8Array;
  /** Of a reading that has ended: the library goes on after whatever failed. @throws ImpossibleFault */
  readonly requireMoved: () => void;
}

/**
 * At a parenthesis or a brace that stands alone, the library reads an empty word and stands still: where it recovers
 * what it can, it goes on reading empty words for ever, and some collect them. Each of them it takes from the bytes that
 * it was given, which count them here: nothing else of its reader can be reached.
 */
export const createWatch = (): Watch => {
  const count = createBudget(mostEmpty);
  let counted = 0;
  const countEmpty = (): void => {
    counted += 1;
    count(1);
  };
  const watch = (bytes: Uint8Array): Uint8Array => {
    const view = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
    const subarray = (start?: number, end?: number): Uint8Array => {
      if (start !== undefined && start === end) countEmpty();
      return bytes.subarray(start, end);
    };
    return Object.defineProperty(view, 'subarray', { value: subarray });
  };
  const requireMoved = (): void => {
    if (counted > mostEmpty) throw new ImpossibleFault('The same place of the file is read again and again');
  };
  return { watch, requireMoved };
};
