const minuteMs = 60_000;

/** Takes a place in the present minute: 0, or the milliseconds until there is one. */
export type Pace = () => number;

/** So many in any minute, however they lie in it. */
export const createPace = (perMinute: number, now: () => number = () => performance.now()): Pace => {
  const taken: number[] = [];
  return () => {
    const at = now();
    while (taken.length > 0 && taken[0]! <= at - minuteMs) taken.shift();
    if (taken.length >= perMinute) return Math.ceil(taken[0]! + minuteMs - at);
    taken.push(at);
    return 0;
  };
};
