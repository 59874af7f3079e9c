import { deflateSync } from 'node:zlib';
import { convertIndexedToRgb, decode } from 'fast-png';
import { expect, test } from 'vitest';
import { chunk, pngSignature } from '../../test/bad-png.ts';
import { readPng } from './png.ts';

const channelsOf: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const [width, height] = [13, 11];

interface Kind {
  colourType: number;
  depth: number;
  interlaced?: boolean;
}

/** Rows and pixels a row of each pass that has any (ISO/IEC 15948, 8.2). */
const passes = ({ interlaced }: Kind): [number, number][] =>
  interlaced
    ? [
        [2, 2],
        [2, 2],
        [1, 4],
        [3, 3],
        [3, 7],
        [6, 6],
        [5, 13],
      ]
    : [[height, width]];

const filtered = (length: number, row: number) => Uint8Array.from({ length }, (_, at) => (row * 89 + at * 57) % 256);

/** Whatever bytes a filtered row holds, they mean a picture. */
const scribble = (kind: Kind): Buffer => {
  const rowBytes = (pixels: number) => Math.ceil((pixels * kind.depth * channelsOf[kind.colourType]!) / 8);
  const rows = passes(kind).flatMap(([count, pixels]) => Array.from({ length: count }, () => rowBytes(pixels)));
  return Buffer.concat(rows.flatMap((length, row) => [Uint8Array.of(row % 5), filtered(length, row)]));
};

const palette = Buffer.from(Array.from({ length: 768 }, (_, at) => (at * 37) % 256));
const transparency = Buffer.from([0, 60, 120, 255]);

const write = (kind: Kind, data: Uint8Array, [columns, rows] = [width, height]): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(columns);
  header.writeUInt32BE(rows, 4);
  header.set([kind.depth, kind.colourType, 0, 0, kind.interlaced ? 1 : 0], 8);
  const colours =
    kind.colourType === 3
      ? [
          chunk('PLTE', palette.subarray(0, 3 * 2 ** kind.depth)),
          chunk('tRNS', transparency.subarray(0, 2 ** kind.depth)),
        ]
      : [];
  const parts = [chunk('IHDR', header), ...colours, chunk('IDAT', deflateSync(data)), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([pngSignature, ...parts]);
};

/** As another decoder reads it, laid over white. */
const expected = (png: Buffer, { colourType, depth }: Kind): number[] => {
  const image = decode(png, { checkCrc: true });
  const coloured = colourType === 3;
  const data = coloured ? convertIndexedToRgb(image) : image.data;
  const channels = coloured ? 4 : channelsOf[colourType]!;
  const level = (sample: number) => (depth === 16 ? sample >> 8 : sample);
  return Array.from({ length: width * height }, (_, pixel) => {
    const samples = Array.from(data.subarray(pixel * channels, (pixel + 1) * channels), level);
    const alpha = channels % 2 ? 255 : samples.at(-1)!;
    const colour = channels < 3 ? [samples[0]!, samples[0]!, samples[0]!] : samples.slice(0, 3);
    return colour.map((value) => 255 - Math.round(((255 - value) * alpha) / 255));
  }).flat();
};

const kinds: Kind[] = [
  ...[0, 2, 4, 6].flatMap((colourType) => [8, 16].map((depth) => ({ colourType, depth }))),
  ...[1, 2, 4, 8].map((depth) => ({ colourType: 3, depth })),
];

const interlaced = kinds
  .filter(({ depth }) => depth >= 8)
  .map(({ colourType, depth }): Kind => ({ colourType, depth, interlaced: true }));

test.each([...kinds, ...interlaced])(
  'every filter of colour type $colourType with $depth bits, interlaced: $interlaced, is read as another decoder does',
  (kind) => {
    const png = write(kind, scribble(kind));
    expect(Array.from(readPng(png, 1_000).rgb)).toEqual(expected(png, kind));
  },
);

test.each([1, 2, 4])('grey of %s bits is stretched to white', (depth) => {
  const kind = { colourType: 0, depth };
  const row = Array.from({ length: Math.ceil((width * depth) / 8) }, () => 0xff);
  const white = Buffer.from(
    Array.from({ length: height }, (_, y) => [0, ...row.map((bits) => (y === 3 ? 0 : bits))]).flat(),
  );
  const { rgb } = readPng(write(kind, white), 1_000);
  expect(Array.from({ length: height }, (_, y) => rgb[(y * width + 12) * 3])).toEqual(
    Array.from({ length: height }, (_, y) => (y === 3 ? 0 : 255)),
  );
});

test.each([1, 2, 4])('grey of %s bits is read interlaced', (depth) => {
  const kind = { colourType: 0, depth, interlaced: true };
  const rows = passes(kind).flatMap(([count, pixels]) =>
    Array.from({ length: count }, () => [0, ...Array.from({ length: Math.ceil((pixels * depth) / 8) }, () => 0)]),
  );
  const black = readPng(write(kind, Buffer.from(rows.flat())), 1_000);
  expect(new Set(black.rgb)).toEqual(new Set([0]));
});

const good: Kind = { colourType: 6, depth: 8 };
const png = write(good, scribble(good));

test.each<[string, Buffer]>([
  ['a depth its colour type has not', write({ colourType: 6, depth: 4 }, scribble(good))],
  ['an unknown colour type', write({ colourType: 5, depth: 8 }, Buffer.alloc(500))],
  ['a row too many', write(good, Buffer.concat([scribble(good), Buffer.alloc(53)]))],
  ['a row too few', write(good, scribble(good).subarray(53))],
  ['an unknown filter', write(good, Buffer.from(scribble(good)).fill(9, 0, 1))],
  ['a bit turned', Buffer.from(png).fill(png[60]! ^ 1, 60, 61)],
  ['its end cut off', png.subarray(0, -12)],
  ['data cut off', png.subarray(0, -40)],
])('%s makes it no PNG', (_name, file) => {
  expect(() => readPng(file, 1_000)).toThrow(expect.objectContaining({ type: 'autograph-not-png' }));
});

test('a colour that is not in the palette makes it no PNG', () => {
  const kind = { colourType: 3, depth: 8 };
  const file = write(kind, scribble(kind));
  const without = Buffer.concat([
    file.subarray(0, 33),
    chunk('PLTE', palette.subarray(0, 9)),
    file.subarray(33 + 768 + 12),
  ]);
  expect(() => readPng(without, 1_000)).toThrow(expect.objectContaining({ type: 'autograph-not-png' }));
});

/** A square with every row filtered by Paeth. */
const writeSquare = (kind: Kind, side: number): Buffer => {
  const row = Buffer.alloc(1 + Math.ceil((side * kind.depth * channelsOf[kind.colourType]!) / 8), 4);
  return write(kind, Buffer.concat(Array.from({ length: side }, () => row)), [side, side]);
};

/** Microseconds of this thread alone, whatever else the machine does: the least of three, for one may be the collector's. */
const costOf = (png: Buffer): number => {
  const readFiveTimes = (): number => {
    const before = process.threadCpuUsage();
    for (let time = 0; time < 5; time += 1) readPng(png, 1_000_000);
    const { user, system } = process.threadCpuUsage(before);
    return user + system;
  };
  return Math.min(...Array.from({ length: 3 }, readFiveTimes));
};

test('no kind of PNG costs much more than red, green, blue and alpha of 8 bits', () => {
  const usual = costOf(writeSquare({ colourType: 6, depth: 8 }, 400));
  for (const kind of [...kinds, ...[1, 2, 4].map((depth) => ({ colourType: 0, depth }))]) {
    expect.soft(costOf(writeSquare(kind, 400)) / usual, JSON.stringify(kind)).toBeLessThan(4);
  }
});
