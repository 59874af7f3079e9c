import { expect, test } from 'vitest';
import { planRetry } from './retry-plan.ts';

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
