import { deflate } from 'pako';
import { expect, test } from 'vitest';
import { fromLatin1, toHex, toLatin1 } from '#bytes.ts';
import { Fault, ImpossibleFault } from '#pdf/fault.ts';
import { IndirectObjects, type Literal } from '#pdf/objects/indirect-objects.ts';
import { nodePorts } from '#ports/node.ts';
import { decodeStream } from './decode-stream.ts';

/** What each filter makes of few bytes; what others decode, and how large streams may grow, is in `test/verifier/filters.test.ts`. */

const objects = new IndirectObjects(nodePorts);
const decode = (filter: Literal, bytes: Uint8Array, parameters: Literal = null): Uint8Array =>
  decodeStream(objects.stream(bytes, { Filter: filter, DecodeParms: parameters }));
const textOf = (filter: Literal, text: string): string => toLatin1(decode(filter, fromLatin1(text)));

type Code = [code: number, width: number];

/** The highest bit first. */
const pack = (codes: Code[]): Uint8Array => {
  const bits = codes.map(([code, width]) => code.toString(2).padStart(width, '0')).join('');
  return Uint8Array.from({ length: Math.ceil(bits.length / 8) }, (_, at) =>
    Number.parseInt(bits.slice(8 * at, 8 * at + 8).padEnd(8, '0'), 2),
  );
};

/** Bytes one by one: each but the first makes a code, until there are 4,096. */
const oneByOne = (bytes: readonly number[], early: number): Uint8Array => {
  const widthAt = (at: number): number => {
    const codes = Math.min(4096, 258 + Math.max(0, at - 1)) + early;
    return codes < 512 ? 9 : codes < 1024 ? 10 : codes < 2048 ? 11 : 12;
  };
  return pack([...bytes, 257].map((byte, at): Code => [byte, widthAt(at)]));
};

test('codes grow with the table, a code too soon or not, until it is full', () => {
  const bytes = Array.from({ length: 4200 }, (_, at) => (at * 7) % 256);
  expect([...decode('LZWDecode', oneByOne(bytes, 1))]).toEqual(bytes);
  for (const parameters of [{ EarlyChange: 1 }, { EarlyChange: 7 }, {}])
    expect([...decode('LZWDecode', oneByOne(bytes, 1), parameters)]).toEqual(bytes);
  expect([...decode('LZWDecode', oneByOne(bytes, 0), { EarlyChange: 0 })]).toEqual(bytes);
});

test('what a code stands for is known as soon as it is made', () => {
  // 258 is ab, 259 ba, and 260 aba: the step that takes it makes it.
  const codes = [97, 98, 258, 260, 259, 257].map((code): Code => [code, 9]);
  expect(toLatin1(decode('LZWDecode', pack(codes)))).toBe('ababababa');
});

test('rows are predicted from the left, from above, or from both', () => {
  const rows = ['0000010203', '0104010101', '0204040404', '0306010101', '0404040404'].join('');
  const bytes = decode(['ASCIIHexDecode'], fromLatin1(rows));
  expect([...decode('FlateDecode', deflate(bytes), { Predictor: 15, Columns: 4 })]).toEqual([
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 10, 10, 11, 12, 14, 18, 22, 26,
  ]);
});

// By the PNG specification, 9.4, of a row of two bytes: how it was found is of the second one below.
test.each([
  ['the left one', [5, 5], [5, 1], [10, 11]],
  ['the one above', [5, 9], [0, 1], [5, 10]],
  ['the corner', [10, 8], [2, 1], [12, 11]],
  ['the left one before the corner', [10, 11], [254, 1], [8, 9]],
  ['the one above before the corner', [10, 8], [1, 1], [11, 9]],
])('of three neighbours the nearest is taken: %s', (_, above, below, expected) => {
  const rows = Uint8Array.from([0, ...above, 4, ...below]);
  const undone = decode('FlateDecode', deflate(rows), { Predictor: 14, Columns: 2 });
  expect([...undone]).toEqual([...above, ...expected]);
});

const undoRow = (row: number[], parameters: object) => [
  ...decode('FlateDecode', deflate(Uint8Array.from([1, ...row])), { Predictor: 11, ...parameters }),
];

test('a pixel of a byte and a half takes two, and a smaller one takes one', () => {
  expect(undoRow([1, 2, 3, 4, 5, 6], { Colors: 3, BitsPerComponent: 4, Columns: 4 })).toEqual([1, 2, 4, 6, 9, 12]);
  expect(undoRow([1, 2, 3], { Colors: 1, BitsPerComponent: 1, Columns: 17 })).toEqual([1, 3, 6]);
  expect(undoRow([1, 2, 3, 4], { Colors: 1, BitsPerComponent: 16, Columns: 2 })).toEqual([1, 2, 4, 6]);
  expect(undoRow([1, 2, 3, 4, 5, 6], { Colors: 3, Columns: 2 })).toEqual([1, 2, 3, 5, 7, 9]);
});

test('as many bytes come as there are, be they more than there was room for', () => {
  const many = Array.from({ length: 5000 }, (_, at) => at % 251);
  const hex = toHex(Uint8Array.from(many));
  expect([...decode('ASCIIHexDecode', fromLatin1(`${hex}>`))]).toEqual(many);
  const copies = Array.from({ length: 50 }, (_, at) => [99, ...many.slice(100 * at, 100 * at + 100)]).flat();
  expect([...decode('RunLengthDecode', Uint8Array.from([...copies, 128]))]).toEqual(many);
  expect([...decode('ASCII85Decode', fromLatin1('s8W-!'.repeat(300)))]).toEqual(Array<number>(1200).fill(255));
  expect([...decode('ASCII85Decode', fromLatin1('z'.repeat(300)))]).toEqual(Array<number>(1200).fill(0));
  const sentence = fromLatin1('9jqo^BlbD-BleB1DJ+*+F(f,q/0JhKF<GL>Cj@.4Gp$d7F!,L7@<6@)~>');
  expect(toLatin1(decode('ASCII85Decode', sentence))).toBe('Man is distinguished, not only by his reason');
});

test('what cannot be decoded is a fault, by whatever it is', () => {
  for (const [filter, text] of [
    ['FlateDecode', 'abc'],
    ['DCTDecode', 'abc'],
    ['toString', 'abc'],
    [7, 'abc'],
    [['FlateDecode', 7], toLatin1(deflate(fromLatin1('abc')))],
  ] as const)
    expect(() => textOf(filter, text)).toThrow(Fault);
  const inner = deflate(deflate(Uint8Array.of(2, 5)));
  expect(() => decode(['Fl', 'Fl'], inner, [null, { Predictor: 2 }])).toThrow('A predictor that structure');
});

const times = (count: number) => textOf(Array<string>(count).fill('ASCII85Decode'), '');

test('eight filters may be one behind the other', () => {
  expect(times(8)).toBe('');
  expect(() => times(9)).toThrow(ImpossibleFault);
});

const undo = (bytes: number[], parameters: Literal) => [
  ...decode('FlateDecode', deflate(Uint8Array.from(bytes)), parameters),
];

test('what is said of rows has its defaults, and its bounds', () => {
  // rows of one byte
  expect(undo([2, 5, 2, 6], { Predictor: 12 })).toEqual([5, 11]);
  expect(undo([2, 5, 2, 6], { Predictor: 10 })).toEqual([5, 11]);
  for (const parameters of [{ Predictor: 1, Columns: 4 }, { Predictor: 0 }, { Columns: 4 }, null])
    expect(undo([2, 5, 2, 6], parameters)).toEqual([2, 5, 2, 6]);
  expect(() => undo([5, 1], { Predictor: 15 })).toThrow(Fault);
  for (const Predictor of [2, 9]) expect(() => undo([2, 5], { Predictor })).toThrow(Fault);
  // a row that was cut off, and one of which there is only the predictor
  expect(undo([0, 1, 2, 2, 3], { Predictor: 15, Columns: 2 })).toEqual([1, 2, 4]);
  expect(undo([0, 1, 2, 2], { Predictor: 15, Columns: 2 })).toEqual([1, 2]);
  expect(undo([], { Predictor: 15 })).toEqual([]);
  expect(undo([0, 7], { Predictor: 15, Columns: 64 << 20 })).toEqual([7]);
  for (const odd of [
    { Columns: (64 << 20) + 1 },
    { Columns: 0 },
    { Columns: -1 },
    { Colors: 0 },
    { BitsPerComponent: 0 },
    { Columns: 1.5 },
    { Colors: -1, Columns: -1 },
  ])
    expect(() => undo([0, 7], { Predictor: 15, ...odd })).toThrow(Fault);
});

test('each filter has parameters of its own', () => {
  const rows = toHex(deflate(Uint8Array.of(2, 5, 2, 6)));
  const filters = ['ASCIIHexDecode', 'FlateDecode'];
  expect([...decode(filters, fromLatin1(rows), [null, { Predictor: 12 }])]).toEqual([5, 11]);
  expect([...decode(filters, fromLatin1(rows), [{ Predictor: 12 }, null])]).toEqual([2, 5, 2, 6]);
  expect([...decode(filters, fromLatin1(rows), [null, 7])]).toEqual([2, 5, 2, 6]);
  expect([...decode(['FlateDecode'], deflate(Uint8Array.of(2, 5)), { Predictor: 12 })]).toEqual([5]);
});

test('a short name of images is known, and a stream in another file is not read', () => {
  expect(toLatin1(decode('Fl', deflate(fromLatin1('abc'))))).toBe('abc');
  expect(toLatin1(decodeStream(objects.stream(fromLatin1('abc'))))).toBe('abc');
  const elsewhere = objects.stream(fromLatin1('abc'), { F: 'Elsewhere' });
  expect(() => decodeStream(elsewhere)).toThrow(Fault);
});

const lzw = (...codes: Code[]) => [...decode('LZWDecode', pack(codes))];

test('codes that are cut short give what they have, and codes grow where they are to', () => {
  expect(lzw([256, 9], [65, 9], [66, 9])).toEqual([65, 66]);
  expect(lzw([65, 9], [258, 9], [257, 9], [67, 9])).toEqual([65, 65, 65]);
  // what follows a cleared table begins anew
  expect(() => lzw([65, 9], [66, 9], [256, 9], [258, 9])).toThrow(Fault);
  expect(() => lzw([65, 9], [256, 9], [258, 9])).toThrow(Fault);
  expect(lzw([65, 9], [66, 9], [256, 9], [67, 9], [258, 9])).toEqual([65, 66, 67, 67, 67]);
  expect(() => lzw([65, 9], [259, 9])).toThrow(Fault);
  expect(() => lzw([258, 9])).toThrow(Fault);
  expect(lzw()).toEqual([]);
});

const lengths = (...bytes: number[]) => decode('RunLengthDecode', Uint8Array.from(bytes)).length;

test('runs and copies are as long as they say', () => {
  expect([
    lengths(129, 7),
    lengths(255, 7),
    lengths(0, 7),
    lengths(128, 7, 7),
    lengths(0),
    lengths(0, 7, 1, 7),
  ]).toEqual([128, 2, 1, 0, 0, 2]);
  expect(lengths(127, ...Array<number>(200).fill(127))).toBe(128 + 71);
});

test('digits are what is one, and white space what is none', () => {
  expect(textOf('ASCIIHexDecode', '\0\t\n\f\r 4aF4')).toBe('J\xf4');
  expect(textOf('ASCIIHexDecode', '')).toBe('');
  expect(textOf('ASCII85Decode', '87 cUR\nD]\t~> rest')).toBe('Hello');
  expect(textOf('ASCII85Decode', '87cURDZ')).toBe('Hello');
  expect(toHex(decode('ASCII85Decode', fromLatin1('s8W-!')))).toBe('ffffffff');
  for (const text of ['s8W-"', 'uu', '!!!!!!', '5!z', 'v', '!\x0b!'])
    expect(() => textOf('ASCII85Decode', text)).toThrow(Fault);
  expect(toHex(decode('ASCII85Decode', fromLatin1('zz!!')))).toBe('000000000000000000');
  for (const text of ['4G', '4\x0b', '4/', '4:', '4@', '4`'])
    expect(() => textOf('ASCIIHexDecode', text)).toThrow(Fault);
});
