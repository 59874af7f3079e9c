import { Problem } from '#problem.ts';

export interface TriesOptions {
  /** Tries that a token has. */
  most?: number;
  /** How long a token is remembered after its first try: no token lives longer. */
  rememberedMs?: number;
  /** Tokens that are remembered at once. */
  mostTokens?: number;
  /** Milliseconds of a clock that is never set back. */
  nowMs?: () => number;
}

/**
 * Counts a try with this token.
 * @throws Problem rate-limited, with the time for which the token is still remembered
 */
export type CountTry = (token: string) => void;

interface Tries {
  count: number;
  until: number;
}

/**
 * Where more tokens come than are remembered, the oldest is forgotten and has all its tries again: that is no loss, since
 * whoever has so many tokens gains nothing by trying one of them often.
 */
export const createTries = (options: TriesOptions = {}): CountTry => {
  const { most = 10, rememberedMs = 600_000, mostTokens = 50_000, nowMs = () => performance.now() } = options;
  // In the order of their first try, so that those whose time is over come first.
  const remembered = new Map<string, Tries>();

  const forget = (now: number): void => {
    for (const [token, { until }] of remembered) {
      if (until > now) return;
      remembered.delete(token);
    }
  };

  const begin = (token: string, now: number): Tries => {
    const [oldest] = remembered.size >= mostTokens ? remembered.keys() : [];
    if (oldest !== undefined) remembered.delete(oldest);
    const tries = { count: 0, until: now + rememberedMs };
    remembered.set(token, tries);
    return tries;
  };

  return (token) => {
    const now = nowMs();
    forget(now);
    const tries = remembered.get(token) ?? begin(token, now);
    if (tries.count >= most) {
      const retryAfterSeconds = Math.ceil((tries.until - now) / 1000);
      throw new Problem('rate-limited', 'Too many posts came with this token', { retryAfterSeconds });
    }
    tries.count += 1;
  };
};
