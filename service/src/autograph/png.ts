import { Problem } from '#problem.ts';
import { readPngChunks, readPngSize, type PngChunks } from './png-chunks.ts';
import { readPngRows } from './png-rows.ts';

/** Red, green, blue, one byte each, row by row. */
export interface Pixels {
  width: number;
  height: number;
  rgb: Uint8Array;
}

/** Pixels. A row costs more than its pixels do; no screen is larger. */
const largestSide = 16_384;

/**
 * Decodes an untrusted PNG (ISO/IEC 15948) onto white, all its colour types, depths and interlacing. Pixels
 * are counted before anything is inflated.
 * @throws Problem autograph-not-png, autograph-too-many-pixels
 */
export const readPng = (png: Uint8Array, mostPixels: number): Pixels => {
  const file = Buffer.from(png.buffer, png.byteOffset, png.byteLength);
  try {
    const { width, height } = readPngSize(file);
    const isLarge = width * height > mostPixels || Math.max(width, height) > largestSide;
    if (isLarge) throw new Problem('autograph-too-many-pixels');
    return onWhite(readPngChunks(file));
  } catch (cause) {
    throw cause instanceof Problem ? cause : new Problem('autograph-not-png', undefined, { cause });
  }
};

/** Samples a pixel, by colour type. */
const channelsOf: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

const onWhite = (png: PngChunks): Pixels => {
  const { width, height } = png;
  const channels = channelsOf[png.colourType]!;
  const rgb = new Uint8Array(width * height * 3).fill(255);
  const lookUp = png.colourType === 3 ? createPalette(png) : undefined;
  for (const { x, y, right, pixels, samples } of readPngRows(png, channels)) {
    const bytes = toBytes(samples, pixels * channels, png);
    const colours = lookUp ? lookUp(bytes) : bytes;
    paint(colours, lookUp ? 4 : channels, { rgb, at: (y * width + x) * 3, step: right * 3 });
  }
  return { width, height, rgb };
};

/** One byte a sample: of 16 bits the upper 8; fewer are unpacked, and stretched unless they name a colour. */
const toBytes = (samples: Buffer, count: number, { depth, colourType }: PngChunks): Uint8Array => {
  if (depth === 8) return samples;
  if (depth === 16) return Uint8Array.from({ length: count }, (_, at) => samples[at * 2]!);
  const full = 2 ** depth - 1;
  const stretch = colourType === 3 ? 1 : 255 / full;
  return Uint8Array.from({ length: count }, (_, at) => {
    const bit = at * depth;
    return ((samples[bit >> 3]! >> (8 - depth - (bit & 7))) & full) * stretch;
  });
};

/** Resolves a row of palette indices to red, green, blue, alpha (11.2.2, 11.3.1.1). */
const createPalette = ({ palette, transparency }: PngChunks) => {
  if (!palette?.length || palette.length % 3 !== 0) throw new Error('the palette is missing or cut off');
  const colour = (index: number): number[] => {
    if (index * 3 >= palette.length) throw new Error('a colour is not in the palette');
    return [...palette.subarray(index * 3, index * 3 + 3), transparency?.[index] ?? 255];
  };
  return (indices: Uint8Array): Uint8Array => {
    const row = new Uint8Array(indices.length * 4);
    indices.forEach((index, at) => row.set(colour(index), at * 4));
    return row;
  };
};

interface Place {
  rgb: Uint8Array;
  /** Index of the first pixel. */
  at: number;
  step: number;
}

/** Lays a row over white. */
const paint = (colours: Uint8Array, channels: number, { rgb, at, step }: Place): void => {
  const hasAlpha = channels % 2 === 0;
  const [green, blue] = channels < 3 ? [0, 0] : [1, 2];
  for (let from = 0; from < colours.length; from += channels, at += step) {
    const alpha = hasAlpha ? colours[from + channels - 1]! : 255;
    if (alpha === 0) continue;
    rgb[at] = fade(colours[from]!, alpha);
    rgb[at + 1] = fade(colours[from + green]!, alpha);
    rgb[at + 2] = fade(colours[from + blue]!, alpha);
  }
};

const fade = (level: number, alpha: number): number => 255 - Math.round(((255 - level) * alpha) / 255);
