import { expect, test } from 'vitest';
import { planRetry, readRetryAfter } from './retry-plan.ts';

const hour = 3_600_000;
const plan = (): number[] => {
  const pauses: number[] = [];
  for (let pause = planRetry(1); pause !== null; pause = planRetry(pauses.length + 1)) pauses.push(pause);
  return pauses;
};

test('it is tried again after seconds, then minutes, then hours, for about five days, and given up', () => {
  const pauses = plan();
  expect(pauses[0]).toBeGreaterThanOrEqual(5_000);
  expect(pauses[0]).toBeLessThanOrEqual(6_000);
  expect(pauses).toHaveLength(13);
  const days = pauses.reduce((sum, pause) => sum + pause, 0) / (24 * hour);
  expect(days).toBeGreaterThan(4.5);
  expect(days).toBeLessThan(6);
});

test('no two plans are the same', () => {
  expect(new Set(Array.from({ length: 20 }, () => planRetry(3))).size).toBe(20);
});

test('what the receiver asks for makes a pause longer, never shorter, and never longer than a day', () => {
  expect(planRetry(1, 60_000)).toBeGreaterThanOrEqual(60_000);
  expect(planRetry(4, 1_000)).toBeGreaterThanOrEqual(2 * hour);
  expect(planRetry(1, 1_000 * hour)).toBeLessThanOrEqual(24 * hour * 1.2);
  expect(planRetry(14, 60_000)).toBeNull();
});

test('Retry-After is read as seconds and as a date; anything else is not read', () => {
  const now = new Date('2026-11-24T12:00:00Z');
  expect(readRetryAfter('120', now)).toBe(120_000);
  expect(readRetryAfter('Tue, 24 Nov 2026 12:01:00 GMT', now)).toBe(60_000);
  for (const value of [undefined, '', '0', '-5', 'soon', 'Tue, 24 Nov 2026 11:00:00 GMT']) {
    expect(readRetryAfter(value, now)).toBeUndefined();
  }
});
