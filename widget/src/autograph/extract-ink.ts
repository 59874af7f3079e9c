import type { Colour } from './ink/png.ts';
import { cropCoverage, emptyCoverage, type Coverage } from './ink/raster.ts';

/** What a picture of a signature holds besides its ground. */
export interface ExtractedInk {
  coverage: Coverage;
  colour: Colour;
}

/** Pixels; paper is about as bright within so many. */
const block = 24;
/** As shares of the paper's brightness: what differs less is paper, and what differs more is all ink. */
const paper = 0.14;
const ink = 0.38;
const margin = 6;
/** A signature is lines: fewer pixels are a speck, and a larger share is a photograph. */
const least = 40;
const most = 0.45;

/**
 * Takes the ground away from a photographed, scanned or drawn signature, however its light falls off, and crops
 * what is left; null where there is no ink to be found.
 */
export async function extractInk({ width, height, data }: ImageData): Promise<ExtractedInk | null> {
  const light = await brightnessOf(data);
  const grounds = await groundsOf(light, width, height);
  const coverage = emptyCoverage({ width, height });
  const sums = [0, 0, 0, 0];
  let inked = 0;
  await throughAll(light.length, (index) => {
    const ground = groundAt(grounds, index % width, Math.floor(index / width));
    const share = ((ground - light[index]!) / Math.max(48, ground) - paper) / (ink - paper);
    if (share <= 0) return;
    coverage.alpha[index] = Math.min(255, share * 255);
    if (share > 0.5) inked += 1;
    if (share < 1) return;
    for (const channel of [0, 1, 2]) sums[channel]! += onWhite(data, index * 4, channel);
    sums[3]! += 1;
  });
  if (inked < least || inked > most * light.length) return null;
  const cropped = cropCoverage(coverage, margin);
  const total = sums[3]! || 1;
  return cropped && { coverage: cropped, colour: sums.slice(0, 3).map((sum) => Math.round(sum / total)) as Colour };
}

/** Pixels looked at in one go: few enough that a slow phone responds in between. */
const atOnce = 1 << 16;

/** Looks at every pixel, with pauses in which the page can respond. */
async function throughAll(count: number, look: (index: number) => void): Promise<void> {
  for (let from = 0; from < count; from += atOnce) {
    const end = Math.min(count, from + atOnce);
    for (let index = from; index < end; index += 1) look(index);
    await new Promise((resolve) => setTimeout(resolve));
  }
}

const onWhite = (data: Uint8ClampedArray, at: number, channel: number): number =>
  255 + ((data[at + channel]! - 255) * data[at + 3]!) / 255;

async function brightnessOf(data: Uint8ClampedArray): Promise<Float32Array> {
  const light = new Float32Array(data.length / 4);
  await throughAll(light.length, (index) => {
    const at = index * 4;
    light[index] = 0.3 * onWhite(data, at, 0) + 0.59 * onWhite(data, at, 1) + 0.11 * onWhite(data, at, 2);
  });
  return light;
}

interface Grounds {
  columns: number;
  rows: number;
  light: Float32Array;
}

/** How bright the paper is in each block: nearly its brightest pixel, smoothed over the blocks around. */
async function groundsOf(light: Float32Array, width: number, height: number): Promise<Grounds> {
  const [columns, rows] = [Math.ceil(width / block), Math.ceil(height / block)];
  const brightest = new Float32Array(columns * rows);
  await throughAll(light.length, (index) => {
    const at = Math.floor(Math.floor(index / width) / block) * columns + Math.floor((index % width) / block);
    brightest[at] = Math.max(brightest[at]!, light[index]! * 0.98);
  });
  return { columns, rows, light: brightest.map((_, at) => around(brightest, { columns, rows }, at)) };
}

/** The median of a block and those around it: a block that is all ink must not be its own paper. */
function around(light: Float32Array, { columns, rows }: Pick<Grounds, 'columns' | 'rows'>, at: number): number {
  const [column, row] = [at % columns, Math.floor(at / columns)];
  const near: number[] = [];
  for (let y = Math.max(0, row - 2); y <= Math.min(rows - 1, row + 2); y += 1) {
    for (let x = Math.max(0, column - 2); x <= Math.min(columns - 1, column + 2); x += 1) {
      near.push(light[y * columns + x]!);
    }
  }
  return near.sort((one, other) => one - other)[Math.floor(near.length / 2)]!;
}

const within = (value: number, count: number) => Math.min(count - 1, Math.max(0, value));

/** Between the middles of blocks the paper's brightness changes evenly. */
function groundAt({ columns, rows, light }: Grounds, x: number, y: number): number {
  const [column, row] = [x / block - 0.5, y / block - 0.5];
  const [left, top] = [Math.floor(column), Math.floor(row)];
  const at = (dx: number, dy: number) => light[within(top + dy, rows) * columns + within(left + dx, columns)]!;
  const [right, down] = [column - left, row - top];
  const upper = at(0, 0) + (at(1, 0) - at(0, 0)) * right;
  const lower = at(0, 1) + (at(1, 1) - at(0, 1)) * right;
  return upper + (lower - upper) * down;
}
