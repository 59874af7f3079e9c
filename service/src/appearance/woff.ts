import { inflateSync } from 'node:zlib';

/** The tables of a font by their tags. */
export type FontTables = Map<string, Buffer>;

const headerBytes = 44;
const entryBytes = 20;

/** Unpacks a WOFF 1.0 file (W3C Recommendation, sections 3 to 5). */
export const readWoff = (file: Buffer): FontTables => {
  if (file.toString('latin1', 0, 4) !== 'wOFF') throw new Error('The font is not a WOFF file');
  const tables: FontTables = new Map();
  for (let index = 0; index < file.readUInt16BE(12); index += 1) {
    const at = headerBytes + index * entryBytes;
    const [offset, packed, size] = [4, 8, 12].map((field) => file.readUInt32BE(at + field)) as [number, number, number];
    const bytes = file.subarray(offset, offset + packed);
    tables.set(file.toString('latin1', at, at + 4), packed < size ? inflateSync(bytes) : bytes);
  }
  return tables;
};

const checksum = (bytes: Buffer): number => {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 4) sum = (sum + bytes.readUInt32BE(at)) >>> 0;
  return sum;
};

/** Packs tables into a TrueType file (OpenType 1.9, "Organization of an OpenType font"). */
export const writeTrueType = (tables: FontTables): Buffer => {
  const sorted = [...tables].sort(([a], [b]) => (a < b ? -1 : 1));
  const log = Math.floor(Math.log2(sorted.length));
  const head = Buffer.alloc(12 + 16 * sorted.length);
  head.writeUInt32BE(0x00010000, 0);
  [sorted.length, 16 << log, log, 16 * sorted.length - (16 << log)].forEach((n, i) => head.writeUInt16BE(n, 4 + 2 * i));
  const bodies: Buffer[] = [];
  let offset = head.length;
  sorted.forEach(([tag, table], index) => {
    const padded = Buffer.concat([table, Buffer.alloc(-table.length & 3)]);
    head.write(tag, 12 + 16 * index, 'latin1');
    [checksum(padded), offset, table.length].forEach((n, i) => head.writeUInt32BE(n, 16 + 16 * index + 4 * i));
    bodies.push(padded);
    offset += padded.length;
  });
  return Buffer.concat([head, ...bodies]);
};
