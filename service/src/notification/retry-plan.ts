const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** Pauses between attempts: about five days in all (Standard Webhooks 1.0, Deliverability and reliability). */
const pauses = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  ...Array.from({ length: 7 }, () => 14 * hour),
];

/** The longest pause that a receiver can ask for. */
const longestMs = 24 * hour;

/**
 * How long to wait for the next attempt, in milliseconds; null: give up.
 * @param failed attempts so far, at least 1
 * @param askedMs what the receiver asked for, which can only make it longer
 */
export const planRetry = (failed: number, askedMs = 0): number | null => {
  const pause = pauses[failed - 1];
  if (pause === undefined) return null;
  // Random, so that what failed together is not sent again together; and longer only, so that nothing is sent early.
  return Math.min(Math.max(pause, askedMs), longestMs) * (1 + Math.random() / 5);
};
