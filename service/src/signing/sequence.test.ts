import { expect, test } from 'vitest';
import { createRecord } from '../../test/records.ts';
import { atPosition, isLast, sequenceOf } from './sequence.ts';

const alone = createRecord().signing;
const [first, second] = [1, 2].map((position) => createRecord({ sequence: { position, of: 2 } }).signing);

test('who is given no place signs alone', () => {
  expect(sequenceOf(alone.request)).toEqual({ position: 1, of: 1 });
  expect(sequenceOf(second!.request)).toEqual({ position: 2, of: 2 });
});

test('nobody signs after the last', () => {
  expect([alone, first!, second!].map(isLast)).toEqual([true, false, true]);
});

test('a signing is found by its place', () => {
  expect(atPosition([first!, second!], 2)).toBe(second);
  expect(atPosition([first!], 2)).toBeUndefined();
});
