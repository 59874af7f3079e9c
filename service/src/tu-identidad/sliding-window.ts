const minuteMs = 60_000;

/** Takes a place in the minute that ends now: 0, or, where all are taken, the milliseconds until there is one. */
export type TakePlace = () => number;

/** So many in any 60 seconds, wherever they begin: counted by the minutes of a clock, twice as many could come at once. */
export const createSlidingWindow = (perMinute: number, now: () => number = () => performance.now()): TakePlace => {
  const taken: number[] = [];
  return () => {
    const at = now();
    while (taken.length > 0 && taken[0]! <= at - minuteMs) taken.shift();
    if (taken.length >= perMinute) return Math.ceil(taken[0]! + minuteMs - at);
    taken.push(at);
    return 0;
  };
};
