import { expect, test } from 'vitest';
import { fromLatin1 } from '#bytes.ts';
import { nodePorts } from '#ports/node.ts';
import { Fault, ImpossibleFault } from './fault.ts';
import { createObjectStreamReader } from './object-stream.ts';
import { IndirectObjects, type LiteralDict } from './objects/indirect-objects.ts';

/** What a stream of objects says of itself. The edge of each limit is in `test/verifier/limits.test.ts`. */

const objects = new IndirectObjects(nodePorts);
const read = (text: string, entries: LiteralDict) =>
  createObjectStreamReader()(objects.stream(fromLatin1(text), entries));

test('objects lie behind the first one, where their pairs say', () => {
  const { bytes, offsets } = read('3 0 \n 7  4 << >> 12', { N: 2, First: 11 });
  expect([...offsets]).toEqual([
    [3, 11],
    [7, 15],
  ]);
  expect(bytes).toEqual(fromLatin1('3 0 \n 7  4 << >> 12'));
  expect(read('', { N: 0, First: 0 }).offsets.size).toBe(0);
  // what it has more than it says
  expect([...read('3 0 7 4 1 2', { N: 1, First: 8 }).offsets.keys()]).toEqual([3]);
});

test.each([
  ['no pair', '    ', 1],
  ['half a pair', '3   ', 1],
  ['half a second pair', '3 0 7   ', 2],
  ['what is no number', 'x 0 ', 1],
  ['what is no place', '3 x ', 1],
  ['a place below the first', '3 -1', 1],
  ['an object twice', '3 0 3 4 ', 2],
])('%s makes it unreadable', (_, head, count) => {
  expect(() => read(`${head}1`, { N: count, First: head.length })).toThrow(Fault);
});

test('counts are counts, and no larger than what holds them', () => {
  for (const entries of [{ N: 1 }, { First: 4 }, { N: -1, First: 4 }, { N: 0.5, First: 4 }, { N: 1, First: -4 }])
    expect(() => read('3 0 1', entries)).toThrow('no count');
  expect(() => read('3 0 1', { N: 1, First: 6 })).toThrow(ImpossibleFault);
  expect(() => read('3 0 1', { N: 5, First: 4 })).toThrow(ImpossibleFault);
  expect(read('3 0 ', { N: 1, First: 4 }).offsets.get(3)).toBe(4);
});

test('only a stream is one', () => {
  for (const other of [undefined, objects.dict({ N: 0, First: 0 })])
    expect(() => createObjectStreamReader()(other)).toThrow(Fault);
});

test('streams of a file may have two million objects in all', () => {
  const most = 2_000_000;
  // As many as it has bytes for: that they are not there is found after they were counted.
  const large = objects.stream(fromLatin1(' '.repeat(most + 1)), { N: most, First: most });
  const one = objects.stream(fromLatin1('3 0 '), { N: 1, First: 4 });
  const readIn = createObjectStreamReader();
  expect(() => readIn(large)).toThrow('fewer objects');
  expect(() => readIn(one)).toThrow(ImpossibleFault);
  expect(() =>
    createObjectStreamReader()(objects.stream(fromLatin1(' '.repeat(most + 2)), { N: most + 1, First: most + 1 })),
  ).toThrow(ImpossibleFault);
});
