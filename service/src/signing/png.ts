import { inflateSync } from 'node:zlib';
import { convertIndexedToRgb, decode, type DecodedPng } from 'fast-png';
import { Problem } from '#problem.ts';

/** Red, green, blue, one byte each, row by row. */
export interface Pixels {
  width: number;
  height: number;
  rgb: Uint8Array;
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
// Compressed text and colour profiles are bombs of their own, and an autograph needs neither.
const refused = new Set(['IHDR', 'iCCP', 'zTXt', 'iTXt']);

/**
 * Decodes an untrusted PNG (ISO/IEC 15948) onto white. Pixels are counted before anything is inflated.
 * @throws Problem autograph-not-png, autograph-too-many-pixels
 */
export const readPng = (png: Uint8Array, mostPixels: number): Pixels => {
  const bytes = Buffer.from(png.buffer, png.byteOffset, png.byteLength);
  const { width, height } = readHeader(bytes);
  if (width * height > mostPixels) throw new Problem('autograph-too-many-pixels');
  try {
    refuseBomb(bytes, width * height);
    return onWhite(decode(png, { checkCrc: true }));
  } catch (cause) {
    throw new Problem('autograph-not-png', undefined, { cause });
  }
};

const readHeader = (bytes: Buffer): { width: number; height: number } => {
  const isPng = bytes.length >= 57 && bytes.subarray(0, 8).equals(signature);
  if (!isPng || bytes.toString('latin1', 12, 16) !== 'IHDR') throw new Problem('autograph-not-png');
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
};

/** Inflates with a bound, so that what the library decodes afterwards is known to be small. */
const refuseBomb = (bytes: Buffer, pixels: number): void => {
  // 8 bytes a pixel at most, and a filter byte a row, of which interlacing has at most twice as many.
  const most = pixels * 10 + 64;
  inflateSync(Buffer.concat([...imageData(bytes)]), { maxOutputLength: most });
};

function* imageData(bytes: Buffer): Generator<Buffer> {
  const firstAfterHeader = 33;
  for (let at = firstAfterHeader; at + 12 <= bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (refused.has(type)) throw new Error(`chunk ${type} is not taken`);
    if (type === 'IDAT') yield bytes.subarray(at + 8, at + 8 + length);
    at += 12 + length;
  }
}

const onWhite = (image: DecodedPng): Pixels => {
  const { width, height } = image;
  const { data, channels, full } = wholeBytes(image);
  const coloured = channels >= 3;
  const hasAlpha = channels % 2 === 0;
  const rgb = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const from = pixel * channels;
    const alpha = hasAlpha ? data[from + channels - 1]! / full : 1;
    for (let c = 0; c < 3; c++) {
      const level = data[from + (coloured ? c : 0)]! / full;
      rgb[pixel * 3 + c] = Math.round(255 * (1 + (level - 1) * alpha));
    }
  }
  return { width, height, rgb };
};

/** Samples in elements of their own: palettes are resolved and packed greys unpacked. */
const wholeBytes = (image: DecodedPng): { data: DecodedPng['data']; channels: number; full: number } => {
  const { data, depth, channels, palette } = image;
  if (palette) return { data: convertIndexedToRgb(image), channels: palette[0]?.length ?? 3, full: 255 };
  if (depth >= 8) return { data, channels, full: 2 ** depth - 1 };
  return { data: unpack(image), channels, full: 2 ** depth - 1 };
};

const unpack = ({ width, height, data, depth }: DecodedPng): Uint8Array => {
  const perByte = 8 / depth;
  const rowBytes = Math.ceil(width / perByte);
  return Uint8Array.from({ length: width * height }, (_, pixel) => {
    const [row, column] = [Math.floor(pixel / width), pixel % width];
    const byte = data[row * rowBytes + Math.floor(column / perByte)]!;
    return (byte >> (8 - depth * ((column % perByte) + 1))) & (2 ** depth - 1);
  });
};
