import { expect, test } from 'vitest';
import { createTries, type TriesOptions } from './tries.ts';

const start = (options: Omit<TriesOptions, 'nowMs'>) => {
  let now = 1_000_000;
  const countTry = createTries({ ...options, nowMs: () => now });
  /** How many of ten tries the token has. */
  const tryTen = (token: string): number =>
    Array.from({ length: 10 }).filter(() => {
      try {
        countTry(token);
        return true;
      } catch {
        return false;
      }
    }).length;
  const pass = (ms: number): void => {
    now += ms;
  };
  return { countTry, tryTen, pass };
};

test('each token has its own tries, and none more until it is forgotten', () => {
  const { tryTen, pass } = start({ most: 3, rememberedMs: 60_000 });
  expect([tryTen('a'), tryTen('a'), tryTen('b')]).toEqual([3, 0, 3]);
  pass(59_999);
  expect(tryTen('a')).toBe(0);
  pass(1);
  expect(tryTen('a')).toBe(3);
});

test('who is refused is told for how long', () => {
  const { countTry, pass } = start({ most: 1, rememberedMs: 60_000 });
  countTry('a');
  pass(20_500);
  expect(() => countTry('a')).toThrow(expect.objectContaining({ type: 'rate-limited', retryAfterSeconds: 40 }));
});

test('no more tokens are remembered than may be: the oldest is forgotten for the next', () => {
  const { tryTen } = start({ most: 3, mostTokens: 2 });
  expect([tryTen('a'), tryTen('b'), tryTen('a'), tryTen('b')]).toEqual([3, 3, 0, 0]);
  expect([tryTen('c'), tryTen('b'), tryTen('c'), tryTen('a')]).toEqual([3, 0, 0, 3]);
});
