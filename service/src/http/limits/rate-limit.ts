import { Problem } from '#problem.ts';

export interface RateLimitOptions {
  perSecond: number;
  /** Seconds' worth of requests that may come at once. */
  burstSeconds?: number;
  /** Keys that are told apart at once; all others share one. */
  mostKeys?: number;
  /** Milliseconds of a clock that is never set back. */
  nowMs?: () => number;
}

/**
 * Takes a request of this key.
 * @throws Problem rate-limited, with the time to wait
 */
export type RateLimit = (key: string) => void;

/** Where more keys come than are told apart. */
const theRest = '';

/**
 * The generic cell rate algorithm (ITU-T I.371, virtual scheduling): of each key one number is kept, when its
 * allowance is whole again. Who tries in vain loses nothing by it.
 */
export const createRateLimit = (options: RateLimitOptions): RateLimit => {
  const { perSecond, burstSeconds = 5, mostKeys = 100_000, nowMs = () => performance.now() } = options;
  const everyMs = 1000 / perSecond;
  const burstMs = Math.max(burstSeconds * 1000, everyMs);
  // In the order of their last request, so that who has been silent for longest is found first.
  const wholeAt = new Map<string, number>();

  const forgetSilent = (now: number) => {
    for (const [key, at] of wholeAt) {
      if (at > now) return;
      wholeAt.delete(key);
    }
  };

  return (asked) => {
    const now = nowMs();
    if (wholeAt.size >= mostKeys) forgetSilent(now);
    const key = wholeAt.has(asked) || wholeAt.size < mostKeys ? asked : theRest;
    const next = Math.max(wholeAt.get(key) ?? 0, now) + everyMs;
    const tooEarlyMs = next - now - burstMs;
    if (tooEarlyMs > 0) {
      throw new Problem('rate-limited', undefined, { retryAfterSeconds: Math.ceil(tooEarlyMs / 1000) });
    }
    wholeAt.delete(key);
    wholeAt.set(key, next);
  };
};
