/** A line with round ends, in pixels; a dot where both ends are one. */
export interface Line {
  from: [number, number];
  to: [number, number];
  /** Half the width at either end. */
  radii: [number, number];
}

export interface PixelSize {
  width: number;
  height: number;
}

/** How much of each pixel is covered, 0 to 255, row by row. */
export interface Coverage extends PixelSize {
  alpha: Uint8Array;
}

/** What can be drawn at any scale, in pixels per CSS pixel. The size is known before anything is drawn. */
export interface Drawing {
  sizeAt: (scale: number) => PixelSize;
  drawAt: (scale: number) => Coverage;
}

export const emptyCoverage = ({ width, height }: PixelSize): Coverage => ({
  width,
  height,
  alpha: new Uint8Array(width * height),
});

/**
 * Draws a line without a canvas: to guard privacy, some browsers give out other pixels than their canvas shows, and a
 * signature must not depend on them.
 */
export function drawLine({ width, height, alpha }: Coverage, { from: [x0, y0], to: [x1, y1], radii }: Line): void {
  const reach = Math.max(...radii) + 1;
  const [left, right] = [Math.max(0, Math.floor(Math.min(x0, x1) - reach)), Math.min(width, Math.max(x0, x1) + reach)];
  const [top, bottom] = [Math.max(0, Math.floor(Math.min(y0, y1) - reach)), Math.min(height, Math.max(y0, y1) + reach)];
  const [dx, dy] = [x1 - x0, y1 - y0];
  const square = dx * dx + dy * dy;
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < right; x += 1) {
      const [px, py] = [x + 0.5 - x0, y + 0.5 - y0];
      const at = square === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / square));
      const radius = radii[0] + (radii[1] - radii[0]) * at;
      const covered = radius + 0.5 - Math.hypot(px - dx * at, py - dy * at);
      const index = y * width + x;
      if (covered > 0) alpha[index] = Math.max(alpha[index]!, Math.min(255, covered * 255));
    }
  }
}

/** Rows a pixel is cut into: fine enough that the slant of a hand shows no steps. */
const slices = 5;

interface Crossing {
  x: number;
  winding: number;
}

/** Fills closed contours (x, y, x, y, …, in pixels) by the non-zero rule, as letters of a face want it. */
export function fillContours({ width, height, alpha }: Coverage, contours: readonly (readonly number[])[]): void {
  const row = new Float32Array(width + 1);
  for (let y = 0; y < height; y += 1) {
    row.fill(0);
    for (let slice = 0; slice < slices; slice += 1) {
      for (const [start, end] of spansAt(y + (slice + 0.5) / slices, contours)) cover(row, start, end);
    }
    for (let x = 0; x < width; x += 1) {
      const index = y * width + x;
      alpha[index] = Math.max(alpha[index]!, Math.min(255, (row[x]! / slices) * 255));
    }
  }
}

function* spansAt(y: number, contours: readonly (readonly number[])[]): Generator<[number, number]> {
  const crossings = contours.flatMap((contour) => crossingsOf(contour, y)).sort((one, other) => one.x - other.x);
  let depth = 0;
  let start = 0;
  for (const { x, winding } of crossings) {
    if (depth === 0) start = x;
    depth += winding;
    if (depth === 0) yield [start, x];
  }
}

function crossingsOf(contour: readonly number[], y: number): Crossing[] {
  const crossings: Crossing[] = [];
  const count = contour.length;
  for (let at = 0; at < count; at += 2) {
    const [x0, y0] = [contour[at]!, contour[at + 1]!];
    const [x1, y1] = [contour[(at + 2) % count]!, contour[(at + 3) % count]!];
    if (y0 <= y === y1 <= y) continue;
    crossings.push({ x: x0 + ((y - y0) / (y1 - y0)) * (x1 - x0), winding: y1 > y0 ? 1 : -1 });
  }
  return crossings;
}

function cover(row: Float32Array, start: number, end: number): void {
  const [from, to] = [Math.max(0, start), Math.min(row.length - 1, end)];
  for (let x = Math.floor(from); x < to; x += 1) row[x]! += Math.min(x + 1, to) - Math.max(x, from);
}

/** The part that is covered, with a margin in pixels; null where less than a speck is. */
export function cropCoverage({ width, height, alpha }: Coverage, margin: number): Coverage | null {
  const box = { left: width, top: height, right: -1, bottom: -1 };
  for (let y = 0; y < height; y += 1) {
    const row = alpha.subarray(y * width, (y + 1) * width);
    const first = row.findIndex((covered) => covered >= 32);
    if (first < 0) continue;
    box.left = Math.min(box.left, first);
    box.right = Math.max(
      box.right,
      row.findLastIndex((covered) => covered >= 32),
    );
    box.top = Math.min(box.top, y);
    box.bottom = y;
  }
  if (box.right < box.left) return null;
  const [left, top] = [Math.max(0, box.left - margin), Math.max(0, box.top - margin)];
  const cropped = emptyCoverage({
    width: Math.min(width, box.right + 1 + margin) - left,
    height: Math.min(height, box.bottom + 1 + margin) - top,
  });
  for (let y = 0; y < cropped.height; y += 1) {
    const from = (top + y) * width + left;
    cropped.alpha.set(alpha.subarray(from, from + cropped.width), y * cropped.width);
  }
  return cropped;
}

/** Each pixel the mean of so many in either direction. */
export function shrink(coverage: Coverage, by: number): Coverage {
  if (by === 1) return coverage;
  const smaller = emptyCoverage({ width: Math.ceil(coverage.width / by), height: Math.ceil(coverage.height / by) });
  const sums = new Float32Array(smaller.alpha.length);
  for (const [index, value] of coverage.alpha.entries()) {
    const [x, y] = [index % coverage.width, Math.floor(index / coverage.width)];
    sums[Math.floor(y / by) * smaller.width + Math.floor(x / by)]! += value;
  }
  smaller.alpha.set(sums.map((sum) => sum / (by * by)));
  return smaller;
}
