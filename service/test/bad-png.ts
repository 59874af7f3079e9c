import { crc32, deflateSync } from 'node:zlib';
import { encode } from 'fast-png';

export const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A chunk as it lies in the file (ISO/IEC 15948, 5.3). */
export const chunk = (type: string, data: Uint8Array): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
};

/** A PNG, 8-bit grey, whose header says one size and whose data holds this many zeros. */
export const pretend = (width: number, height: number, zeros: number): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(8, 8);
  const data = chunk('IDAT', deflateSync(Buffer.alloc(zeros), { level: 9 }));
  return Buffer.concat([pngSignature, chunk('IHDR', header), data, chunk('IEND', new Uint8Array())]);
};

/** A square of one palette colour with two bits a pixel: millions of pixels in some kilobytes. */
export const vast = (side: number): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side);
  header.writeUInt32BE(side, 4);
  header.set([2, 3], 8);
  // Each row says how it differs from the one above it.
  const row = Buffer.alloc(1 + Math.ceil(side / 4));
  row.writeUInt8(4);
  const data = deflateSync(Buffer.concat(Array.from({ length: side }, () => row)), { level: 9 });
  const chunks = [chunk('IHDR', header), chunk('PLTE', new Uint8Array(12)), chunk('IDAT', data)];
  return Buffer.concat([pngSignature, ...chunks, chunk('IEND', new Uint8Array())]);
};

/** A PNG of one colour, each of red, green, blue, alpha 0 to 255. */
export const plain = (...colour: [number, number, number, number]): Uint8Array => {
  const [width, height] = [120, 60];
  const data = Uint8Array.from({ length: width * height * 4 }, (_, at) => colour[at % 4]!);
  return encode({ width, height, data, channels: 4, depth: 8 });
};
