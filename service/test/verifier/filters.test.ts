import { deflateSync } from 'node:zlib';
import { decodePDFRawStream, PDFContext } from '@cantoo/pdf-lib';
import { array, assert, constantFrom, integer, oneof, property, record, uint8Array } from 'fast-check';
import { expect, test } from 'vitest';
import { fromHex, fromLatin1, toHex, toLatin1 } from '@tu-esign/verifier/bytes.ts';
import { Fault } from '@tu-esign/verifier/pdf/fault.ts';
import { decodeStream } from '@tu-esign/verifier/pdf/filters/decode-stream.ts';
import { IndirectObjects, type Literal } from '@tu-esign/verifier/pdf/objects/indirect-objects.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';

const objects = new IndirectObjects(nodePorts);
const decode = (filter: Literal, bytes: Uint8Array, parameters: Literal = null): Uint8Array =>
  decodeStream(objects.stream(bytes, { Filter: filter, DecodeParms: parameters }));
const textOf = (filter: Literal, text: string): string => toLatin1(decode(filter, fromLatin1(text)));

/** Bytes as content has them: runs, repeated words, and noise. */
const contents = oneof(
  uint8Array({ maxLength: 300 }),
  array(constantFrom('q', 'Q ', '0 0 m ', '\0\0\0\0', '   ', 'zz'), { maxLength: 3000, size: 'max' }).map((words) =>
    fromLatin1(words.join('')),
  ),
);

const toAscii85 = (bytes: Uint8Array): string => {
  let text = '';
  for (let at = 0; at < bytes.length; at += 4) {
    const part = bytes.subarray(at, at + 4);
    let value = [0, 1, 2, 3].reduce((sum, index) => sum * 256 + (part[index] ?? 0), 0);
    const digits = [0, 0, 0, 0, 0].map(() => {
      const digit = String.fromCharCode((value % 85) + 0x21);
      value = Math.floor(value / 85);
      return digit;
    });
    const group = digits
      .reverse()
      .join('')
      .slice(0, part.length + 1);
    text += group === '!!!!!' ? 'z' : group;
  }
  return `${text}~>`;
};

const toRunLength = (bytes: Uint8Array): Uint8Array => {
  const out: number[] = [];
  for (let at = 0; at < bytes.length;) {
    let run = 1;
    while (run < 128 && bytes[at + run] === bytes[at]) run += 1;
    if (run > 1) out.push(257 - run, bytes[at]!);
    else out.push(0, bytes[at]!);
    at += run;
  }
  return Uint8Array.from([...out, 128]);
};

type Code = [code: number, width: number];

const pack = (codes: Code[]): Uint8Array => {
  const bits = codes.map(([code, width]) => code.toString(2).padStart(width, '0')).join('');
  return Uint8Array.from({ length: Math.ceil(bits.length / 8) }, (_, at) =>
    Number.parseInt(bits.slice(8 * at, 8 * at + 8).padEnd(8, '0'), 2),
  );
};

/** Of the next code, where so many stand for something. */
const widthOf = (codes: number): number => Math.max(9, Math.min(12, Math.floor(Math.log2(codes)) + 1));

const toLzw = (bytes: Uint8Array, early: number): Uint8Array => {
  const out: Code[] = [[256, 9]];
  const known = new Map<string, number>();
  const write = (code: number): void => void out.push([code, widthOf(257 + known.size + early)]);
  const codeOf = (text: string): number => (text.length === 1 ? text.charCodeAt(0) : known.get(text)!);
  let held = '';
  for (const character of toLatin1(bytes)) {
    const longer = held + character;
    if (longer.length > 1 && !known.has(longer)) {
      write(codeOf(held));
      known.set(longer, 258 + known.size);
      held = '';
      if (known.size === 4096 - 260) write(256);
      if (known.size === 4096 - 260) known.clear();
    }
    held += character;
  }
  if (held) write(codeOf(held));
  known.set('', 0);
  write(257);
  return pack(out);
};

/** Ever longer runs of zeros, begun anew whenever the table is full. */
const endlessLzw = (): Uint8Array => {
  const once = Array.from({ length: 3800 }, (_, index): Code => [index ? 257 + index : 0, widthOf(257 + index + 1)]);
  return pack(Array.from({ length: 12 }, (_, times): Code[] => [[256, times ? 12 : 9], ...once]).flat());
};

test('what is encoded is decoded again', () => {
  assert(
    property(contents, (bytes) => {
      const hex = toHex(bytes);
      expect(toHex(decode('ASCIIHexDecode', fromLatin1(`${hex.toUpperCase()}>`)))).toBe(hex);
      expect(toHex(decode('ASCII85Decode', fromLatin1(toAscii85(bytes))))).toBe(hex);
      expect(toHex(decode('RunLengthDecode', toRunLength(bytes)))).toBe(hex);
      expect(toHex(decode('LZWDecode', toLzw(bytes, 1)))).toBe(hex);
      expect(toHex(decode('LZWDecode', toLzw(bytes, 0), { EarlyChange: 0 }))).toBe(hex);
      expect(toHex(decode('FlateDecode', deflateSync(bytes)))).toBe(hex);
      const twice = fromLatin1(toHex(deflateSync(bytes)));
      expect(toHex(decode(['ASCIIHexDecode', 'FlateDecode'], twice, [null, null]))).toBe(hex);
    }),
  );
});

test('another reader decodes the same', () => {
  const context = PDFContext.create();
  assert(
    property(contents, (bytes) => {
      for (const [filter, encoded] of [
        ['LZWDecode', toLzw(bytes, 1)],
        ['RunLengthDecode', toRunLength(bytes)],
        ['ASCII85Decode', fromLatin1(toAscii85(bytes))],
      ] as const) {
        const other = decodePDFRawStream(context.stream(encoded, { Filter: filter })).decode();
        expect(toHex(decode(filter, encoded))).toBe(toHex(other));
      }
    }),
  );
});

test('the standard’s own example of LZW is decoded', () => {
  expect(toHex(decode('LZWDecode', fromHex('800b6050220c0c8501')))).toBe('2d2d2d2d2d412d2d2d42');
});

test('white space within, ends that are missing and digits that are left over are as the standard says', () => {
  expect(textOf('ASCIIHexDecode', '4 1\n4')).toBe('A@');
  expect(textOf('ASCIIHexDecode', '41>42')).toBe('A');
  expect(textOf('ASCII85Decode', '87 cUR\nD]\t~> rest')).toBe('Hello');
  expect(textOf('ASCII85Decode', '87cURD]')).toBe('Hello');
  expect(textOf('RunLengthDecode', '\x02abc\xfed')).toBe('abcddd');
  expect(textOf('RunLengthDecode', '\x7fab')).toBe('ab');
  expect(textOf([], 'as it is')).toBe('as it is');
});

test.each<[string, Literal, string]>([
  ['digits that are none', 'ASCIIHexDecode', '4g>'],
  ['digits that are none', 'ASCII85Decode', '87cUR\x7f'],
  ['more than four bytes', 'ASCII85Decode', 'uuuuu~>'],
  ['a digit alone', 'ASCII85Decode', '87cUR!~>'],
  ['a code that stands for nothing', 'LZWDecode', '\x80\x7f\xff\xff'],
  ['what was never deflated', 'FlateDecode', 'abc'],
  ['a filter of images', 'DCTDecode', 'abc'],
  ['a filter that nobody knows', 'constructor', 'abc'],
  ['a filter that is no name', 3, 'abc'],
  ['a filter that is no name', [['FlateDecode']], 'abc'],
])('%s cannot be decoded: %j', (_, filter, text) => {
  expect(() => textOf(filter, text)).toThrow(Fault);
});

/** Five rows of four bytes, each with another predictor before it. */
const predicted = fromHex(['0000010203', '0104010101', '0204040404', '0306010101', '0404040404'].join(''));

test('rows are predicted from the left, from above, or from both', () => {
  const bytes = decode('FlateDecode', deflateSync(predicted), { Predictor: 15, Columns: 4 });
  expect([...bytes.subarray(0, 12)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  // (left + above) / 2, and Paeth's
  expect([...bytes.subarray(12)]).toEqual([10, 10, 11, 12, 14, 18, 22, 26]);
  expect(() => decode('FlateDecode', deflateSync(predicted), { Predictor: 2, Columns: 4 })).toThrow(Fault);
  expect(() => decode('FlateDecode', deflateSync(predicted), { Predictor: 15, Columns: 2e9 })).toThrow(Fault);
  // A fifth there is not: some readers take it for none.
  expect(() => decode('FlateDecode', deflateSync(fromHex('0500010203')), { Predictor: 15, Columns: 4 })).toThrow(Fault);
});

/** A row as the PNG specification encodes it (9.2): what is left of each byte by its neighbours. */
const filterRow = (type: number, row: number[], above: number[], pixel: number): number[] => [
  type,
  ...row.map((byte, at) => {
    const [a, b, c] = [row[at - pixel] ?? 0, above[at] ?? 0, above[at - pixel] ?? 0];
    const p = a + b - c;
    const nearest = [a, b, c].reduce((best, one) => (Math.abs(p - one) < Math.abs(p - best) ? one : best));
    return (byte - [0, a, b, Math.floor((a + b) / 2), nearest][type]!) & 0xff;
  }),
];

const predictedImage = record({
  colors: integer({ min: 1, max: 4 }),
  bits: constantFrom(1, 2, 4, 8, 16),
  columns: integer({ min: 1, max: 5 }),
  predictor: integer({ min: 10, max: 15 }),
}).chain(({ colors, bits, columns, predictor }) => {
  const width = Math.ceil((colors * bits * columns) / 8);
  const row = record({
    type: integer({ min: 0, max: 4 }),
    bytes: array(integer({ min: 0, max: 255 }), { minLength: width, maxLength: width }),
  });
  return array(row, { maxLength: 6 }).map((rows) => ({
    rows,
    pixel: Math.ceil((colors * bits) / 8),
    parameters: { Predictor: predictor, Colors: colors, BitsPerComponent: bits, Columns: columns },
  }));
});

test('rows are as they were, whatever each was predicted by', () => {
  assert(
    property(predictedImage, ({ rows, pixel, parameters }) => {
      const encoded = rows.flatMap(({ type, bytes }, y) => filterRow(type, bytes, rows[y - 1]?.bytes ?? [], pixel));
      const whole = toHex(Uint8Array.from(rows.flatMap(({ bytes }) => bytes)));
      expect(toHex(decode('FlateDecode', deflateSync(Uint8Array.from(encoded)), parameters))).toBe(whole);
      expect(toHex(decode('LZWDecode', toLzw(Uint8Array.from(encoded), 1), parameters))).toBe(whole);
    }),
  );
});

test('nothing grows beyond what may be, whatever it is encoded with', () => {
  const zeros = deflateSync(Buffer.alloc((64 << 20) + 1));
  expect(() => decode('FlateDecode', zeros)).toThrow(Fault);
  const runs = Buffer.alloc(2 * (1 << 20), Buffer.from([129, 0]));
  expect(() => decode('RunLengthDecode', runs)).toThrow('grows too large');
  expect(() => decode('ASCII85Decode', Buffer.alloc((16 << 20) + 1, 'z'))).toThrow('grows too large');
  expect(() => decode('LZWDecode', endlessLzw())).toThrow('grows too large');
});
