import { expect, test } from 'vitest';
import { fromLatin1 } from '#bytes.ts';
import { Fault } from '#pdf/fault.ts';
import { nodePorts } from '#ports/node.ts';
import { PdfArray } from './containers.ts';
import { IndirectObjects } from './indirect-objects.ts';
import { PdfNumber, type PdfObject, type PdfRef } from './object.ts';
import { PdfLiteralString } from './strings.ts';

/** Objects of one file: made anew by who writes, and read once by who reads. */

const create = () => new IndirectObjects(nodePorts);

test('objects are made of texts, numbers and the like', () => {
  const objects = create();
  const made = objects.dict({
    Type: 'A b',
    Count: -1.5,
    Yes: true,
    No: false,
    None: null,
    Left: undefined,
    List: ['Fit', 3, [null], { Deep: 0 }],
    Own: { Text: new PdfLiteralString('as it is') },
    To: objects.ref(7, 2),
  });
  expect(made.toString()).toBe(
    '<<\n/Type /A#20b\n/Count -1.5\n/Yes true\n/No false\n/None null\n' +
      '/List [ /Fit 3 [ null ] <<\n/Deep 0\n>> ]\n/Own <<\n/Text (as it is)\n>>\n/To 7 2 R\n>>',
  );
  expect(made.entries().map(([key]) => key)).not.toContain('Left');
  const stream = objects.stream(fromLatin1('abc'), { Length: 3 });
  expect([stream.dict, stream].map(String)).toEqual(Array(2).fill('<<\n/Length 3\n>>'));
  expect(stream.contents).toEqual(fromLatin1('abc'));
  expect(objects.stream(fromLatin1('')).dict.entries()).toEqual([]);
});

test('what is made knows the file that it is of', () => {
  const objects = create();
  const ref = objects.register(objects.dict({ Kind: 'There' }));
  for (const found of [objects.array([ref]).lookup(0), objects.dict({ A: ref }).lookup('A')])
    expect(found?.toString()).toBe('<<\n/Kind /There\n>>');
});

test('new objects are numbered behind all others, and found by their number', () => {
  const objects = create();
  objects.largestNumber = 41;
  const [first, to, second] = [
    objects.register(objects.array([])),
    objects.nextRef(),
    objects.register(objects.dict({})),
  ];
  expect([first, to, second].map(String)).toEqual(['42 0 R', '43 0 R', '44 0 R']);
  expect([first, to, second].map((ref) => objects.lookup(ref)?.toString())).toEqual(['[ ]', undefined, '<<\n>>']);
  expect(objects.ref(44)).toBe(second);
  expect(objects.largestNumber).toBe(44);
});

test('arrays grow, and dictionaries take what they do not contain already', () => {
  const objects = create();
  const array = objects.array([1]);
  array.push(objects.ref(2));
  expect([array.toString(), array.length, array.get(1), array.members()]).toEqual([
    '[ 1 2 0 R ]',
    2,
    objects.ref(2),
    [new PdfNumber(1), objects.ref(2)],
  ]);
  expect(new PdfArray(objects).toString()).toBe('[ ]');
  const dict = objects.dict({ A: 1 });
  dict.set('A', objects.ref(9));
  dict.set('B', array);
  expect(dict.toString()).toBe('<<\n/A 9 0 R\n/B [ 1 2 0 R ]\n>>');
  expect(() => dict.set('C', dict)).toThrow(Fault);
  expect(dict.has('C')).toBe(false);
});

/** Reads numbers out of their references, and notes what was asked for. */
const counted = (load: (objects: IndirectObjects, ref: PdfRef) => PdfObject | undefined) => {
  const objects = create();
  const asked: number[] = [];
  objects.loadWith((ref) => {
    asked.push(ref.number);
    return load(objects, ref);
  });
  return { objects, asked };
};

test('an object is read once, and what cannot be read fails as it did the first time', () => {
  const fault = new Fault('Nobody can read that');
  const { objects, asked } = counted((_, { number }) => {
    if (number > 9) throw fault;
    return new PdfNumber(number);
  });
  const seven = objects.lookup(objects.ref(7));
  expect(seven?.toString()).toBe('7');
  expect(objects.lookup(objects.ref(7))).toBe(seven);
  expect(objects.lookup(seven)).toBe(seven);
  for (let times = 0; times < 2; times += 1) expect(() => objects.lookup(objects.ref(10))).toThrow(fault);
  expect(asked).toEqual([7, 10]);
});

test('before it is known where objects are, there are none', () => {
  const objects = create();
  expect([objects.lookup(objects.ref(1)), objects.lookup(undefined)]).toEqual([undefined, undefined]);
  objects.loadWith(({ number }) => new PdfNumber(number));
  expect(objects.lookup(objects.ref(1))?.toString()).toBe('1');
});

/** Each object of this many needs the one before it. */
const chained = (length: number) => {
  const { objects } = counted((own, { number }) =>
    number > 1 ? own.lookup(own.ref(number - 1)) : new PdfNumber(number),
  );
  return objects.lookup(objects.ref(length))?.toString();
};

test('objects may need one another to be read, thirty-two in a row and none in a circle', () => {
  expect(chained(32)).toBe('1');
  expect(() => chained(33)).toThrow(Fault);
  const { objects, asked } = counted((own, { number }) => own.lookup(own.ref(3 - number)));
  expect(objects.lookup(objects.ref(1))).toBeUndefined();
  expect(asked).toEqual([1, 2]);
});

test('one behind the other any number is read', () => {
  const { objects } = counted((_, { number }) => new PdfNumber(number));
  for (let number = 1; number < 99; number += 1)
    expect(objects.lookup(objects.ref(number))?.toString()).toBe(String(number));
});

test.each([
  [2 ** 31, 0],
  [1, 65_536],
])('nothing is numbered %s of generation %s', (number, generation) => {
  const objects = create();
  expect(() => objects.ref(number, generation)).toThrow(Fault);
  const ref = objects.ref(number - 1, generation && generation - 1);
  expect([ref.number, ref.generation]).toEqual([number - 1, generation && generation - 1]);
});

test('each number and generation has a reference of its own', () => {
  const objects = create();
  const all = [objects.ref(0), objects.ref(1), objects.ref(0, 1), objects.ref(65_536), objects.ref(1, 65_535)];
  expect(new Set(all).size).toBe(all.length);
});

test('streams are inflated by what the file was opened with', () => {
  const asked: unknown[] = [];
  const inflate = (...given: [Uint8Array, number]) => (asked.push(given), fromLatin1('inflated'));
  expect(new IndirectObjects({ inflate }).inflate(fromLatin1('x'), 9)).toEqual(fromLatin1('inflated'));
  expect(asked).toEqual([[fromLatin1('x'), 9]]);
});
