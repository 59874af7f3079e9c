import { Problem } from '#problem.ts';

/** A part of what may be in use at once, held by one holder; it may grow, and is given back once. */
export interface Held {
  /** @throws Problem overloaded where there is no more, of all or of the holder's share */
  readonly take: (amount: number) => void;
  /** The same for what cannot be refused any more: it counts against what comes next. */
  readonly add: (amount: number) => void;
  release(): void;
}

/** So much of something that may be in use at once: bytes in memory, streams, uploads. Nobody queues for it. */
export interface Semaphore {
  /**
   * Begins to hold, with nothing yet.
   * @throws Problem overloaded where all is in use, or the holder's share
   */
  hold(holder: string): Held;
  /** Takes an amount for as long as the work lasts. @throws Problem overloaded */
  during<T>(holder: string, amount: number, work: () => Promise<T>): Promise<T>;
}

export interface SemaphoreOptions {
  most: number;
  /** Of it, what one holder may have at the moment; by default all. */
  mostEach?: number | (() => number);
}

export const createSemaphore = ({ most, mostEach = most }: SemaphoreOptions): Semaphore => {
  const each = typeof mostEach === 'function' ? mostEach : () => mostEach;
  let used = 0;
  const usedBy = new Map<string, number>();

  const count = (holder: string, amount: number): void => {
    used += amount;
    const own = (usedBy.get(holder) ?? 0) + amount;
    if (own > 0) usedBy.set(holder, own);
    else usedBy.delete(holder);
  };

  /** An amount beyond the whole is taken where nothing else is in use: otherwise it never could be. */
  const requireRoom = (holder: string, amount: number): void => {
    const own = usedBy.get(holder) ?? 0;
    if (used > 0 && used + amount > most) throw new Problem('overloaded');
    if (own > 0 && own + amount > each()) throw new Problem('overloaded');
  };

  const hold = (holder: string): Held => {
    requireRoom(holder, 1);
    let held = 0;
    const add = (amount: number): void => {
      held += amount;
      count(holder, amount);
    };
    return {
      add,
      take(amount) {
        requireRoom(holder, amount);
        add(amount);
      },
      release() {
        count(holder, -held);
        held = 0;
      },
    };
  };

  return {
    hold,
    async during(holder, amount, work) {
      const held = hold(holder);
      held.take(amount);
      try {
        return await work();
      } finally {
        held.release();
      }
    },
  };
};
