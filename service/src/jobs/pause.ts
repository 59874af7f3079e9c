import type { Reason } from './reason.ts';

const longestPauseMs = 3_600_000;

/** Milliseconds until the next try; grows with every one, up to an hour. */
export const pauseMs = (attempts: number): number => {
  const longest = Math.min(1_000 * 2 ** attempts, longestPauseMs);
  // Jitter, so that what failed together does not come back together.
  return longest / 2 + Math.random() * (longest / 2);
};

/** The same, and no shorter than whoever was asked wants it, up to an hour. */
export const pauseFor = (attempts: number, reason: Reason = { waitMs: 0 }): number =>
  Math.max(pauseMs(attempts), Math.min(reason.waitMs, longestPauseMs));
