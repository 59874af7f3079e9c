import { crc32 } from 'node:zlib';

/** A PNG's header and data, as they lie in its chunks (ISO/IEC 15948, 11.2). */
export interface PngChunks {
  width: number;
  height: number;
  /** Bits a sample. */
  depth: number;
  colourType: number;
  interlaced: boolean;
  /** Three bytes a colour. */
  palette: Buffer | undefined;
  transparency: Buffer | undefined;
  /** Still deflated. */
  data: Buffer;
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Depths a colour type may have (table 11.1). */
const depths: Record<number, number[]> = { 0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16] };

/** Reads the header alone. */
export const readPngSize = (file: Buffer): { width: number; height: number } => {
  const isPng = file.length >= 57 && file.subarray(0, 8).equals(signature);
  if (!isPng || file.toString('latin1', 12, 16) !== 'IHDR') throw new Error('not a PNG');
  return { width: file.readUInt32BE(16), height: file.readUInt32BE(20) };
};

/** Reads all chunks; what changes no pixel is passed over, compressed or not. */
export const readPngChunks = (file: Buffer): PngChunks => {
  const { width, height } = readPngSize(file);
  const chunks = Map.groupBy(listChunks(file), ({ type }) => type);
  const [depth, colourType, compression, filter, interlace] = file.subarray(24, 29) as unknown as number[];
  const isKnown = depths[colourType!]?.includes(depth!) && compression === 0 && filter === 0 && interlace! <= 1;
  if (!isKnown || width * height === 0 || chunks.get('IHDR')?.length !== 1) throw new Error('not a PNG’s header');
  return {
    width,
    height,
    depth: depth!,
    colourType: colourType!,
    interlaced: interlace === 1,
    palette: chunks.get('PLTE')?.[0]?.content,
    transparency: chunks.get('tRNS')?.[0]?.content,
    data: Buffer.concat((chunks.get('IDAT') ?? []).map(({ content }) => content)),
  };
};

interface Chunk {
  type: string;
  content: Buffer;
}

function* listChunks(file: Buffer): Generator<Chunk> {
  for (let at = signature.length; at + 12 <= file.length;) {
    const end = at + 8 + file.readUInt32BE(at);
    const type = file.toString('latin1', at + 4, at + 8);
    if (end + 4 > file.length) throw new Error('a chunk is cut off');
    if (crc32(file.subarray(at + 4, end)) !== file.readUInt32BE(end)) throw new Error('a chunk was altered');
    if (type === 'IEND') return;
    yield { type, content: file.subarray(at + 8, end) };
    at = end + 4;
  }
  throw new Error('the end is missing');
}
