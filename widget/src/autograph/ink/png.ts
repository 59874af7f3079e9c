import type { Coverage } from './raster.ts';

/** Red, green and blue, 0 to 255 each. */
export type Colour = [number, number, number];

const signature = [137, 80, 78, 71, 13, 10, 26, 10];

/**
 * One colour on transparent ground as a PNG (ISO/IEC 15948): the palette is that colour 256 times, from clear to
 * opaque, so that a pixel's index is how much of it is covered.
 */
export async function encodePng({ width, height, alpha }: Coverage, colour: Colour): Promise<Blob> {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  // Eight bits a pixel, with a palette; compression and filter are the only ones there are, and nothing is
  // interlaced.
  header.set([8, 3, 0, 0, 0], 8);
  const levels = Uint8Array.from({ length: 256 }, (_, level) => level);
  const palette = Uint8Array.from({ length: 768 }, (_, index) => colour[index % 3]!);
  const parts = [
    Uint8Array.from(signature),
    chunk('IHDR', header),
    chunk('PLTE', palette),
    chunk('tRNS', levels),
    chunk('IDAT', await deflate(toRows({ width, height, alpha }))),
    chunk('IEND', new Uint8Array()),
  ];
  return new Blob(parts, { type: 'image/png' });
}

/** Each row behind the number of its filter: none. */
function toRows({ width, height, alpha }: Coverage): Uint8Array<ArrayBuffer> {
  const rows = new Uint8Array((width + 1) * height);
  for (let y = 0; y < height; y += 1) rows.set(alpha.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  return rows;
}

async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function chunk(type: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(data, 8);
  view.setUint32(data.length + 8, checksum(bytes.subarray(4, data.length + 8)));
  return bytes;
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** CRC-32 (ISO/IEC 15948, annex D). */
function checksum(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = table[(value ^ byte) & 0xff]! ^ (value >>> 8);
  return ~value >>> 0;
}
