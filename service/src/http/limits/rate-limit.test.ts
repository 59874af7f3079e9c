import { expect, test } from 'vitest';
import { createRateLimit, type RateLimitOptions } from './rate-limit.ts';

const start = (options: Omit<RateLimitOptions, 'nowMs'>) => {
  let now = 1_000_000;
  const take = createRateLimit({ ...options, nowMs: () => now });
  /** How many of so many requests are taken. */
  const takeMany = (key: string, requests: number): number => {
    let taken = 0;
    for (let request = 0; request < requests; request += 1) {
      try {
        take(key);
        taken += 1;
      } catch {
        continue;
      }
    }
    return taken;
  };
  const pass = (ms: number): void => {
    now += ms;
  };
  return { take, takeMany, pass };
};

test('a burst is taken, then so many a second, for each key alone', () => {
  const { takeMany, pass } = start({ perSecond: 10, burstSeconds: 2 });
  expect(takeMany('a', 100)).toBe(20);
  pass(1_000);
  expect(takeMany('a', 100)).toBe(10);
  expect(takeMany('b', 100)).toBe(20);
  pass(3_600_000);
  expect(takeMany('a', 100)).toBe(20);
});

test('who is refused is told when to come again, and is taken then', () => {
  const { take, takeMany, pass } = start({ perSecond: 0.25, burstSeconds: 1 });
  expect(takeMany('a', 10)).toBe(1);
  expect(() => take('a')).toThrow(expect.objectContaining({ type: 'rate-limited', retryAfterSeconds: 4 }));
  pass(4_000);
  expect(takeMany('a', 10)).toBe(1);
});

test('more keys than are told apart share one, and those known keep their own', () => {
  const { takeMany, pass } = start({ perSecond: 10, burstSeconds: 1, mostKeys: 3 });
  for (const key of ['a', 'b', 'c']) expect(takeMany(key, 1)).toBe(1);
  expect(takeMany('d', 6) + takeMany('e', 6)).toBe(10);
  expect(takeMany('a', 20)).toBe(9);
  pass(2_000);
  expect(takeMany('f', 20)).toBe(10);
});

test('the first request of a key is taken at whatever fraction of a millisecond it comes', () => {
  for (let request = 0; request < 1000; request += 1) {
    const limit = createRateLimit({ perSecond: 0.01, nowMs: () => 200_000.123_456 + request * 0.123_456 });
    expect(() => limit('one')).not.toThrow();
    expect(() => limit('one')).toThrow();
  }
});
