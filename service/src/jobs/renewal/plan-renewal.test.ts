import { expect, test } from 'vitest';
import { planRenewal } from './plan-renewal.ts';

const dayMs = 86_400_000;
const yearMs = 365 * dayMs;
const stampedAt = Date.parse('2026-11-29T00:00:00Z');

test.each([
  ['half a year before the end', 3 * yearMs, 3 * yearMs - 180 * dayMs],
  ['in the middle of its time where that is short', 90 * dayMs, 45 * dayMs],
  ['not later than in five years', 25 * yearMs, 5 * yearMs],
])('a time-stamp is renewed, or looked at again, %s', (_when, lifeMs, afterMs) => {
  const ending = { stampedAt, until: stampedAt + lifeMs };
  expect(planRenewal(ending, { days: 180, now: stampedAt })).toBe(stampedAt + afterMs);
});

test.each([
  [3 * yearMs - 180 * dayMs, true],
  [3 * yearMs - 180 * dayMs - 1, false],
  [4 * yearMs, true],
])('%d milliseconds later it is due: %s', (laterMs, isDue) => {
  const ending = { stampedAt, until: stampedAt + 3 * yearMs };
  expect(planRenewal(ending, { days: 180, now: stampedAt + laterMs }) === 'now').toBe(isDue);
});
