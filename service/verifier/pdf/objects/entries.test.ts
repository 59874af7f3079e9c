import { expect, test } from 'vitest';
import { fromLatin1 } from '#bytes.ts';
import { nodePorts } from '#ports/node.ts';
import { arrayAt, asNumber, dictAt, members, nameAt, numberAt, numbersAt } from './entries.ts';
import { IndirectObjects } from './indirect-objects.ts';
import { PdfNumber } from './object.ts';

/** Entries of a kind that nobody expected are not there. */

const objects = new IndirectObjects(nodePorts);
const three = objects.register(new PdfNumber(3));
const dict = objects.dict({
  Name: 'A',
  Number: 2,
  Dict: { B: 1 },
  Array: [1, three],
  Stream: objects.register(objects.stream(fromLatin1(''))),
  To: three,
  Mixed: [1, 'A'],
  Gap: [1, objects.ref(9_999)],
  Null: null,
});
const keys = [...dict.entries().map(([key]) => key), 'Missing'];

test.each([
  ['a dictionary', dictAt, ['Dict']],
  ['an array', arrayAt, ['Array', 'Mixed', 'Gap']],
  ['a number', numberAt, ['Number', 'To']],
  ['a name', nameAt, ['Name']],
] as const)('nothing else is taken for %s', (_, at, found) => {
  expect(keys.filter((key) => at(dict, key) !== undefined)).toEqual(found);
});

test('what is found is what stands there, or what is referred to', () => {
  expect([dictAt(dict, 'Dict')?.toString(), arrayAt(dict, 'Array')?.toString()]).toEqual([
    '<<\n/B 1\n>>',
    `[ 1 ${three.toString()} ]`,
  ]);
  expect([numberAt(dict, 'Number'), numberAt(dict, 'To'), nameAt(dict, 'Name')]).toEqual([2, 3, 'A']);
  expect([asNumber(new PdfNumber(4)), asNumber(three), asNumber(undefined)]).toEqual([4, undefined, undefined]);
});

test('members are looked up, and of no array there are none', () => {
  expect(members(arrayAt(dict, 'Gap'))).toEqual([new PdfNumber(1), undefined]);
  expect(members(undefined)).toEqual([]);
});

test('numbers are as many as are wanted, and nothing else', () => {
  expect(numbersAt(dict, 'Array', 2)).toEqual([1, 3]);
  for (const length of [0, 1, 3]) expect(numbersAt(dict, 'Array', length)).toBeUndefined();
  for (const key of ['Mixed', 'Gap', 'Missing', 'Number']) expect(numbersAt(dict, key, 2)).toBeUndefined();
});
