import { crc32, deflateSync } from 'node:zlib';
import type { Pixels } from './png.ts';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** 8 bits a sample, red-green-blue, no interlacing (ISO/IEC 15948, 11.2.1). */
const format = [8, 2, 0, 0, 0];

/** Writes opaque RGB as a PNG. */
export const writePng = ({ width, height, rgb }: Pixels): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  header.set(format, 8);
  const data = deflateSync(unfiltered(width * 3, rgb), { level: 3 });
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
};

/** Each row after filter type 0: ink on white compresses well as it is. */
const unfiltered = (rowBytes: number, rgb: Uint8Array): Uint8Array => {
  const rows = rgb.length / rowBytes;
  const data = new Uint8Array(rgb.length + rows);
  for (let row = 0; row < rows; row++) {
    data.set(rgb.subarray(row * rowBytes, (row + 1) * rowBytes), row * (rowBytes + 1) + 1);
  }
  return data;
};

const chunk = (type: string, data: Uint8Array): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
};
