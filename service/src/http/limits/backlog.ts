import { Problem } from '#problem.ts';
import type { SigningStore } from '#records/signing-store.ts';

/** For how long a count is believed, in milliseconds. */
const freshMs = 1_000;
/** Longer than for a moment that is busy: a backlog takes time to shrink. */
const retryAfterSeconds = 10;

/** Refuses where so many signings are unfinished already. They are counted once a second at most, not at each request. */
export const createBacklog = (store: SigningStore, most: number): (() => Promise<void>) => {
  let counted: Promise<number> | undefined;
  let countedAt = -Infinity;

  const count = async (): Promise<number> => {
    const { unfinished } = await store.summarise();
    return Object.values(unfinished).reduce((sum, signings) => sum + signings, 0);
  };

  return async () => {
    const now = performance.now();
    if (!counted || now - countedAt > freshMs) {
      countedAt = now;
      counted = count();
    }
    if ((await counted) >= most) throw new Problem('overloaded', undefined, { retryAfterSeconds });
  };
};
