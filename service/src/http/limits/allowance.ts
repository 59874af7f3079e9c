import { Problem } from '#problem.ts';

/** So much of something that may be in use at once: bytes in memory, streams, uploads. */
export interface Allowance {
  /**
   * Takes an amount until the function that is returned is called.
   * @throws Problem overloaded
   */
  take(amount: number): () => void;
  /** Takes an amount for as long as the work lasts. */
  during<T>(amount: number, work: () => Promise<T>): Promise<T>;
}

export const createAllowance = (most: number): Allowance => {
  let used = 0;
  const take = (amount: number) => {
    // What is larger than all there is waits for nobody else to be there.
    if (used > 0 && used + amount > most) throw new Problem('overloaded');
    used += amount;
    let taken = true;
    return () => {
      if (taken) used -= amount;
      taken = false;
    };
  };
  return {
    take,
    async during(amount, work) {
      const giveBack = take(amount);
      try {
        return await work();
      } finally {
        giveBack();
      }
    },
  };
};
