import type { Autograph } from '#signing/autograph.ts';
import { readPng, type Pixels } from './png.ts';
import { RefusedPicture } from './refused-picture.ts';
import { writePng } from './write-png.ts';

export interface AutographLimits {
  bytes: number;
  pixels: number;
}

/** In pixels; right and bottom are the last inked ones. */
interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Darker than this on white (0 to 255) is ink; anti-aliasing alone is not. */
const inkBelow = 200;
/** Fewer inked pixels than this are a speck, not an autograph. */
const leastInk = 16;
/** Left white around the ink, in pixels. */
const margin = 4;

/**
 * Reads an untrusted PNG and writes it anew: opaque, 8 bits, on white, cropped to its ink.
 * @throws RefusedPicture autograph-too-large, autograph-not-png, autograph-too-many-pixels, autograph-empty
 */
export const readAutograph = (png: Uint8Array, limits: AutographLimits): Autograph => {
  if (png.length > limits.bytes) throw new RefusedPicture('autograph-too-large');
  const pixels = readPng(png, limits.pixels);
  const cropped = crop(pixels, findInk(pixels));
  return { png: writePng(cropped), width: cropped.width, height: cropped.height };
};

const findInk = ({ width, height, rgb }: Pixels): Box => {
  const box = { left: width, top: height, right: -1, bottom: -1 };
  let inked = 0;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      if (rgb[at]! >= inkBelow && rgb[at + 1]! >= inkBelow && rgb[at + 2]! >= inkBelow) continue;
      inked++;
      if (x < box.left) box.left = x;
      if (x > box.right) box.right = x;
      if (y < box.top) box.top = y;
      box.bottom = y;
    }
  }
  // A picture that is all ink shows no autograph either.
  if (inked < leastInk || inked === width * height) throw new RefusedPicture('autograph-empty');
  return box;
};

const crop = ({ width, height, rgb }: Pixels, ink: Box): Pixels => {
  const [left, top] = [Math.max(0, ink.left - margin), Math.max(0, ink.top - margin)];
  const right = Math.min(width, ink.right + 1 + margin);
  const bottom = Math.min(height, ink.bottom + 1 + margin);
  const cropped = new Uint8Array((right - left) * (bottom - top) * 3);
  for (let y = top; y < bottom; y++) {
    cropped.set(rgb.subarray((y * width + left) * 3, (y * width + right) * 3), (y - top) * (right - left) * 3);
  }
  return { width: right - left, height: bottom - top, rgb: cropped };
};
