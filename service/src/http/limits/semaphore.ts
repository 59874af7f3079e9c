import { Problem } from '#problem.ts';

/** So much of something that may be in use at once: bytes in memory, streams, uploads. Nobody queues for it. */
export interface Semaphore {
  /**
   * Takes an amount until the function that is returned is called.
   * @throws Problem overloaded
   */
  acquire(amount: number): () => void;
  /** Takes an amount for as long as the work lasts. */
  during<T>(amount: number, work: () => Promise<T>): Promise<T>;
}

export const createSemaphore = (most: number): Semaphore => {
  let used = 0;
  const acquire = (amount: number) => {
    // An amount beyond the whole is taken where nothing else is in use: otherwise it never could be.
    if (used > 0 && used + amount > most) throw new Problem('overloaded');
    used += amount;
    let held = true;
    return () => {
      if (held) used -= amount;
      held = false;
    };
  };
  return {
    acquire,
    async during(amount, work) {
      const release = acquire(amount);
      try {
        return await work();
      } finally {
        release();
      }
    },
  };
};
