import { inflateSync } from 'node:zlib';
import type { PngChunks } from './png-chunks.ts';

/** Where the pixels of a pass lie: the first, and the steps to the next (ISO/IEC 15948, 8.2). */
interface Pass {
  x: number;
  y: number;
  right: number;
  down: number;
}

const whole: Pass[] = [{ x: 0, y: 0, right: 1, down: 1 }];
const adam7: Pass[] = [
  { x: 0, y: 0, right: 8, down: 8 },
  { x: 4, y: 0, right: 8, down: 8 },
  { x: 0, y: 4, right: 4, down: 8 },
  { x: 2, y: 0, right: 4, down: 4 },
  { x: 0, y: 2, right: 2, down: 4 },
  { x: 1, y: 0, right: 2, down: 2 },
  { x: 0, y: 1, right: 1, down: 2 },
];

/** A row of pixels: where the first belongs, how far apart they lie, and their samples as they are packed. */
export interface PngRow {
  x: number;
  y: number;
  right: number;
  pixels: number;
  samples: Buffer;
}

/** Inflates, to no more than the size that the header announces, and undoes the filters. */
export function* readPngRows(png: PngChunks, channels: number): Generator<PngRow> {
  const pixelBits = channels * png.depth;
  const rows = [...layOut(png, pixelBits)];
  const bytes = rows.reduce((sum, { rowBytes }) => sum + 1 + rowBytes, 0);
  const data = inflateSync(png.data, { maxOutputLength: bytes });
  if (data.length !== bytes) throw new Error('rows are missing');
  const pixelBytes = Math.ceil(pixelBits / 8);
  let above: Buffer | undefined;
  let at = 0;
  for (const { first, rowBytes, ...row } of rows) {
    const samples = data.subarray(at + 1, at + 1 + rowBytes);
    unfilter(data[at]!, samples, first || !above ? Buffer.alloc(rowBytes) : above, pixelBytes);
    yield { ...row, samples };
    above = samples;
    at += 1 + rowBytes;
  }
}

function* layOut({ width, height, interlaced }: PngChunks, pixelBits: number) {
  for (const { x, y: top, right, down } of interlaced ? adam7 : whole) {
    const pixels = Math.ceil((width - x) / right);
    const rowBytes = Math.ceil((pixels * pixelBits) / 8);
    if (pixels <= 0) continue;
    for (let y = top; y < height; y += down) yield { x, y, right, pixels, rowBytes, first: y === top };
  }
}

/** In place (ISO/IEC 15948, 9.2); what lies left of the row is zero. */
const unfilter = (type: number, row: Buffer, above: Buffer, pixelBytes: number): void => {
  if (type === 0) return;
  const predict = predictors[type];
  if (!predict) throw new Error('a filter is not one of PNG’s');
  predict(row, above, pixelBytes);
};

type Predict = (row: Buffer, above: Buffer, pixelBytes: number) => void;

const sub: Predict = (row, _above, pixelBytes) => {
  for (let at = pixelBytes; at < row.length; at++) row[at]! += row[at - pixelBytes]!;
};

const up: Predict = (row, above) => {
  for (let at = 0; at < row.length; at++) row[at]! += above[at]!;
};

const average: Predict = (row, above, pixelBytes) => {
  for (let at = 0; at < row.length; at++) {
    const left = at < pixelBytes ? 0 : row[at - pixelBytes]!;
    row[at]! += (left + above[at]!) >> 1;
  }
};

const paeth: Predict = (row, above, pixelBytes) => {
  for (let at = 0; at < row.length; at++) {
    const before = at < pixelBytes ? 0 : row[at - pixelBytes]!;
    const corner = at < pixelBytes ? 0 : above[at - pixelBytes]!;
    row[at]! += nearest(before, above[at]!, corner);
  }
};

const nearest = (left: number, above: number, corner: number): number => {
  const estimate = left + above - corner;
  const toLeft = Math.abs(estimate - left);
  const toAbove = Math.abs(estimate - above);
  const toCorner = Math.abs(estimate - corner);
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
};

const predictors: Record<number, Predict> = { 1: sub, 2: up, 3: average, 4: paeth };
