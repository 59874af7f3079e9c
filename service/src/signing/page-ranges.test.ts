import { expect, test } from 'vitest';
import { rangesOf } from './page-ranges.ts';

test.each([
  [[], ''],
  [[4], '4'],
  [[1, 2, 3], '1-3'],
  [[1, 3, 4, 9], '1, 3-4, 9'],
])('%j is written as %j', (pages, written) => {
  expect(rangesOf(pages)).toBe(written);
});
