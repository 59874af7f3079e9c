import { expect, test } from 'vitest';
import { fitInk, inkOfInitials, inkOfStamp } from './stamp.ts';

test.each([
  [264, 92],
  [120, 48],
  [1000, 48],
  [120, 600],
  [400, 139],
])('the autograph takes at least half of a stamp of %d by %d points, and stays within it', (width, height) => {
  const { x, y, ...ink } = inkOfStamp({ width, height });
  expect((ink.width * ink.height) / (width * height)).toBeGreaterThanOrEqual(0.5);
  expect(Math.min(x, y, width - x - ink.width, height - y - ink.height)).toBeGreaterThan(0);
});

test('ink keeps its proportions, is centred across and stands on the lower edge', () => {
  const within = { x: 10, y: 20, width: 100, height: 50 };
  expect(fitInk({ width: 400, height: 100 }, within)).toEqual({ x: 10, y: 20, width: 100, height: 25 });
  expect(fitInk({ width: 100, height: 100 }, within)).toEqual({ x: 35, y: 20, width: 50, height: 50 });
});

test('initials fill their place but for its edges', () => {
  expect(inkOfInitials({ width: 56, height: 28 })).toEqual({ x: 2, y: 2, width: 52, height: 24 });
});
