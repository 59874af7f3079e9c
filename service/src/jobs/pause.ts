export const longestPauseMs = 3_600_000;

/** Milliseconds until the next try; grows with every one, up to an hour. */
export const pauseMs = (attempts: number): number => {
  const longest = Math.min(1_000 * 2 ** attempts, longestPauseMs);
  // Jitter, so that what failed together does not come back together.
  return longest / 2 + Math.random() * (longest / 2);
};
