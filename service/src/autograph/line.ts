import { Problem } from '#problem.ts';

/** Does one piece of work after the other. */
export type Line = <T>(work: () => Promise<T>) => Promise<T>;

/** @throws Problem overloaded where so many are under way or wait already */
export const createLine = (atMost: number): Line => {
  let last: Promise<unknown> = Promise.resolve();
  let standing = 0;
  return async (work) => {
    if (standing >= atMost) throw new Problem('overloaded');
    standing += 1;
    const done = last.then(work);
    // Whoever comes next waits for the end, whatever it is.
    last = done.catch(() => {});
    try {
      return await done;
    } finally {
      standing -= 1;
    }
  };
};
