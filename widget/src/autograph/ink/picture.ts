import { boundsOf, type Ink } from './ink.ts';
import { linesOf } from './ink-lines.ts';
import { encodePng, type Colour } from './png.ts';
import { drawLines, emptyCoverage, type Coverage, type Line } from './raster.ts';

/** What the service takes. */
export interface PictureLimits {
  autographBytes: number;
  autographPixels: number;
}

/** Left clear around the ink, in CSS pixels. */
const bleed = 8;
const density = 3;

/** The pen's colour, as numbers. */
export const penColour: Colour = [0x12, 0x27, 0x5c];

/**
 * The ink as a PNG on transparent ground, cropped with a margin, at three times the pad's density or as much as
 * the limits (bytes, pixels) leave; null where not even that fits.
 */
export const drawInk = (ink: Ink, limits: PictureLimits): Promise<Blob | null> =>
  withinLimits(limits, (scale) => coverInk(ink, scale));

/** The largest picture of a scale from three down to a half that the limits leave. */
export async function withinLimits(
  { autographBytes, autographPixels }: PictureLimits,
  cover: (scale: number) => Coverage,
): Promise<Blob | null> {
  for (let scale = density; scale > 0; scale -= 0.5) {
    const coverage = cover(scale);
    if (coverage.width * coverage.height > autographPixels) continue;
    const png = await encodePng(coverage, penColour);
    if (png.size <= autographBytes) return png;
  }
  return null;
}

function coverInk(ink: Ink, scale: number): Coverage {
  const box = boundsOf(ink)!;
  const along = (size: number) => Math.ceil((size + 2 * bleed) * scale);
  const coverage = emptyCoverage(along(box.right - box.left), along(box.bottom - box.top));
  const place = ([x, y]: [number, number]): [number, number] => [
    (x - box.left + bleed) * scale,
    (y - box.top + bleed) * scale,
  ];
  const placed = ({ from, to, radii: [first, last] }: Line): Line => ({
    from: place(from),
    to: place(to),
    radii: [first * scale, last * scale],
  });
  drawLines(coverage, Array.from(linesOf(ink), placed));
  return coverage;
}
