import { readPngChunks, readPngSize, type PngChunks } from './png-chunks.ts';
import { readPngRows } from './png-rows.ts';
import { createUnpacking } from './png-samples.ts';
import { RefusedPicture } from './refused-picture.ts';

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
 * @throws RefusedPicture autograph-not-png, autograph-too-many-pixels
 */
export const readPng = (png: Uint8Array, mostPixels: number): Pixels => {
  const file = Buffer.from(png.buffer, png.byteOffset, png.byteLength);
  try {
    const { width, height } = readPngSize(file);
    const isLarge = width * height > mostPixels || Math.max(width, height) > largestSide;
    if (isLarge) throw new RefusedPicture('autograph-too-many-pixels');
    return onWhite(readPngChunks(file));
  } catch (cause) {
    throw cause instanceof RefusedPicture ? cause : new RefusedPicture('autograph-not-png', { cause });
  }
};

/** Samples a pixel, by colour type. */
const channelsOf: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

const onWhite = (png: PngChunks): Pixels => {
  const { width, height } = png;
  const channels = channelsOf[png.colourType]!;
  const rgb = new Uint8Array(width * height * 3).fill(255);
  const toBytes = createUnpacking(png, width * channels);
  const palette = png.colourType === 3 ? readPalette(png) : undefined;
  for (const { x, y, right, pixels, samples } of readPngRows(png, channels)) {
    const place = { rgb, at: (y * width + x) * 3, step: right * 3 };
    const bytes = toBytes(samples, pixels * channels);
    if (palette) paintIndexed(bytes, palette, place);
    else paint(bytes, channels, place);
  }
  return { width, height, rgb };
};

/** The palette's colours over white, three bytes each (11.2.2, 11.3.1.1). */
const readPalette = ({ palette, transparency }: PngChunks): Uint8Array => {
  if (!palette?.length || palette.length % 3 !== 0) throw new Error('the palette is missing or cut off');
  return Uint8Array.from(palette, (level, at) => fade(level, transparency?.[Math.floor(at / 3)] ?? 255));
};

/** Where pixels go. */
interface Place {
  rgb: Uint8Array;
  /** Index of the first pixel. */
  at: number;
  step: number;
}

// What follows runs once a pixel, of millions: without a function or an array for each of them.

/** Lays a row of palette indices down. */
const paintIndexed = (indices: Uint8Array, palette: Uint8Array, { rgb, at, step }: Place): void => {
  for (let from = 0; from < indices.length; from++, at += step) {
    const colour = indices[from]! * 3;
    if (colour >= palette.length) throw new Error('a colour is not in the palette');
    rgb[at] = palette[colour]!;
    rgb[at + 1] = palette[colour + 1]!;
    rgb[at + 2] = palette[colour + 2]!;
  }
};

/** Lays a row over white. */
const paint = (colours: Uint8Array, channels: number, { rgb, at, step }: Place): void => {
  const hasAlpha = channels % 2 === 0;
  const green = channels < 3 ? 0 : 1;
  const blue = channels < 3 ? 0 : 2;
  for (let from = 0; from < colours.length; from += channels, at += step) {
    const alpha = hasAlpha ? colours[from + channels - 1]! : 255;
    if (alpha === 0) continue;
    rgb[at] = fade(colours[from]!, alpha);
    rgb[at + 1] = fade(colours[from + green]!, alpha);
    rgb[at + 2] = fade(colours[from + blue]!, alpha);
  }
};

const fade = (level: number, alpha: number): number => 255 - Math.round(((255 - level) * alpha) / 255);
