import { boundsOf, type Ink } from './ink.ts';
import { linesOf } from './ink-lines.ts';
import { encodePng, type Colour } from './png.ts';
import { drawLine, emptyCoverage, type Drawing, type Line } from './raster.ts';

/** What the service takes. */
export interface PictureLimits {
  autographBytes: number;
  autographPixels: number;
}

/** Left clear around the ink, in CSS pixels. */
export const bleed = 8;
/** The pad's density times so much is what the picture has, where the limits leave it. */
export const density = 3;

/** The pen's colour, as numbers. */
export const penColour: Colour = [0x12, 0x27, 0x5c];

/**
 * The ink as a PNG on transparent ground, cropped with a margin, at three times the pad's density or as much as
 * the limits (bytes, pixels) leave; null where not even that fits.
 */
export const drawInk = (ink: Ink, limits: PictureLimits): Promise<Blob | null> => withinLimits(limits, drawingOf(ink));

/** The largest picture that the limits leave, at a scale from three down to a half; null where none fits. */
export async function withinLimits(
  { autographBytes, autographPixels }: PictureLimits,
  { sizeAt, drawAt }: Drawing,
): Promise<Blob | null> {
  for (let scale = density; scale > 0; scale -= 0.5) {
    const { width, height } = sizeAt(scale);
    if (width * height > autographPixels) continue;
    const png = await encodePng(drawAt(scale), penColour);
    if (png.size <= autographBytes) return png;
  }
  return null;
}

function drawingOf(ink: Ink): Drawing {
  const box = boundsOf(ink)!;
  const lines = [...linesOf(ink)];
  const along = (length: number, scale: number) => Math.ceil((length + 2 * bleed) * scale);
  const sizeAt = (scale: number) => ({
    width: along(box.right - box.left, scale),
    height: along(box.bottom - box.top, scale),
  });
  const corner = { x: box.left - bleed, y: box.top - bleed };
  const drawAt = (scale: number) => {
    const coverage = emptyCoverage(sizeAt(scale));
    for (const line of lines) drawLine(coverage, placeLine(line, corner, scale));
    return coverage;
  };
  return { sizeAt, drawAt };
}

/** From the pad's CSS pixels to the pixels of the picture, whose upper left corner is `corner`. */
function placeLine({ from, to, radii: [first, last] }: Line, corner: { x: number; y: number }, scale: number): Line {
  const place = ([x, y]: [number, number]): [number, number] => [(x - corner.x) * scale, (y - corner.y) * scale];
  return { from: place(from), to: place(to), radii: [first * scale, last * scale] };
}
