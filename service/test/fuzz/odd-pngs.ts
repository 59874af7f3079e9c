import { deflateSync } from 'node:zlib';
import { array, boolean, constantFrom, nat, oneof, record, tuple, uint8Array, type Arbitrary } from 'fast-check';
import { chunk, pngSignature } from '../bad-png.ts';

/** A PNG to be written, its parts in any size and order (ISO/IEC 15948). */
export interface OddPng {
  width: number;
  height: number;
  /** Bit depth, colour type, compression, filter and interlace method. */
  header: [number, number, number, number, number];
  data: { bytes: number; of: number; whole: boolean };
  /** Into how many chunks the data is cut. */
  cuts: number;
  chunks: [string, Uint8Array][];
}

const side = oneof(
  { weight: 8, arbitrary: nat({ max: 60 }) },
  { weight: 1, arbitrary: constantFrom(1_999, 16_384, 65_536, 4_000_001, 0x7fffffff, 0xffffffff) },
);
const often = (good: number[], max: number): Arbitrary<number> =>
  oneof({ weight: 9, arbitrary: constantFrom(...good) }, { weight: 1, arbitrary: nat({ max }) });

const types = ['PLTE', 'tRNS', 'IDAT', 'IEND', 'IHDR', 'zTXt', 'iTXt', 'iCCP', 'gAMA', 'teXt', 'QQQQ', '\0\0\0\0'];
const megabyte = 1024 * 1024;

export const oddPngs: Arbitrary<OddPng> = record({
  width: side,
  height: side,
  header: tuple(
    often([1, 2, 4, 8, 16], 255),
    often([0, 2, 3, 4, 6], 8),
    often([0], 2),
    often([0], 2),
    often([0, 0, 1], 3),
  ),
  data: record({
    bytes: oneof(
      { weight: 20, arbitrary: nat({ max: 20_000 }) },
      { weight: 1, arbitrary: constantFrom(megabyte, 64 * megabyte) },
    ),
    of: constantFrom(0, 1, 2, 3, 4, 5, 0x1b, 255),
    whole: boolean(),
  }),
  cuts: nat({ max: 3 }),
  chunks: array(tuple(constantFrom(...types), uint8Array({ maxLength: 800 })), { maxLength: 2 }),
});

const bombs = new Map<string, Buffer>();

/** Rows of one value, compressed; large ones are made once. */
const compress = ({ bytes, of, whole }: OddPng['data']): Buffer => {
  if (bytes < megabyte) {
    const compressed = deflateSync(Buffer.alloc(bytes, of), { level: 1 });
    return whole ? compressed : compressed.subarray(0, compressed.length - 6);
  }
  const name = `${bytes} ${of}`;
  if (!bombs.has(name)) bombs.set(name, deflateSync(Buffer.alloc(bytes, of), { level: 9 }));
  return bombs.get(name)!;
};

/** Bytes of data that the header asks for, without interlacing. */
const rightBytes = ({ width, height, header: [depth, type] }: OddPng): number => {
  const channels = [1, 1, 3, 1, 2, 1, 4][type] ?? 1;
  return (Math.ceil((width * channels * depth) / 8) + 1) * height;
};

/** The bytes of it. Where its data is whole and its size small, the data is as long as the header asks. */
export const writeOddPng = (png: OddPng): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(png.width, 0);
  header.writeUInt32BE(png.height, 4);
  header.set(png.header, 8);
  const right = rightBytes(png);
  const sized = png.data.whole && right < megabyte ? { ...png.data, bytes: right } : png.data;
  const data = compress(sized);
  const cut = Math.ceil(data.length / (png.cuts + 1)) || 1;
  const parts = Array.from({ length: png.cuts + 1 }, (_, index) => data.subarray(index * cut, (index + 1) * cut));
  return Buffer.concat([
    pngSignature,
    chunk('IHDR', header),
    ...png.chunks.map(([type, bytes]) => chunk(type, bytes)),
    ...parts.map((part) => chunk('IDAT', part)),
    chunk('IEND', new Uint8Array()),
  ]);
};
