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

/** The key that stands for all others once as many are remembered as may be. */
const theRest = '';

/**
 * The generic cell rate algorithm (ITU-T I.371, virtual scheduling): of each key one number is kept, the time at which
 * all of its burst may be used again. A request that is refused does not move that time.
 */
export const createRateLimit = (options: RateLimitOptions): RateLimit => {
  const { perSecond, burstSeconds = 5, mostKeys = 100_000, nowMs = () => performance.now() } = options;
  const everyMs = 1000 / perSecond;
  const burstMs = Math.max(burstSeconds * 1000, everyMs);
  // In the order of their last request, so that those that have been silent for longest come first.
  const fullBurstAt = new Map<string, number>();

  const forgetSilent = (now: number) => {
    for (const [key, at] of fullBurstAt) {
      if (at > now) return;
      fullBurstAt.delete(key);
    }
  };

  return (asked) => {
    const now = nowMs();
    if (fullBurstAt.size >= mostKeys) forgetSilent(now);
    const key = fullBurstAt.has(asked) || fullBurstAt.size < mostKeys ? asked : theRest;
    const next = Math.max(fullBurstAt.get(key) ?? 0, now) + everyMs;
    // Whole milliseconds: fractions of them do not add up exactly, and would refuse what is just in time.
    const tooEarlyMs = Math.round(next - now - burstMs);
    if (tooEarlyMs > 0) {
      throw new Problem('rate-limited', undefined, { retryAfterSeconds: Math.ceil(tooEarlyMs / 1000) });
    }
    fullBurstAt.delete(key);
    fullBurstAt.set(key, next);
  };
};
