import type { Sketch } from '../view/sketch.ts';
import type { ExtractedInk } from './extract-ink.ts';
import { boundsOf, type Ink, type InkStroke } from './ink/ink.ts';
import { pen } from './ink/ink-drawing.ts';
import { linesOf } from './ink/ink-lines.ts';
import { paintInk } from './ink/paint-ink.ts';
import { bleed } from './ink/picture.ts';
import type { Line } from './ink/raster.ts';
import { extent, type Lettering } from './lettering.ts';

/** Of strokes that have ended, which are never changed. */
const known = new WeakMap<InkStroke, Line[]>();

/** What is drawn so far, in the pad's CSS pixels. */
function sketchOfInk(ink: Ink, unfinished?: InkStroke): Sketch | null {
  const box = boundsOf(ink);
  if (!box) return null;
  const lines = ink.strokes.flatMap((stroke) => linesOfStroke(ink, stroke, stroke === unfinished));
  return {
    width: box.right - box.left + 2 * bleed,
    height: box.bottom - box.top + 2 * bleed,
    paint: (context) => {
      context.translate(bleed - box.left, bleed - box.top);
      Object.assign(context, { strokeStyle: pen.penColor, lineCap: 'round' });
      for (const line of lines) paintLine(context, line);
    },
  };
}

/** What a pad shows, the stroke that is under way included. */
export function liveSketch({ ink, stroke }: { ink: Ink | undefined; stroke: InkStroke | null }): Sketch | null {
  if (!ink || !stroke || ink.strokes.includes(stroke)) return ink ? sketchOfInk(ink, stroke ?? undefined) : null;
  return sketchOfInk({ ...ink, strokes: [...ink.strokes, stroke] }, stroke);
}

function linesOfStroke(ink: Ink, stroke: InkStroke, isUnfinished: boolean): Line[] {
  const lines = known.get(stroke) ?? [...linesOf({ ...ink, strokes: [stroke] })];
  if (!isUnfinished) known.set(stroke, lines);
  return lines;
}

function paintLine(context: CanvasRenderingContext2D, { from, to, radii: [first, last] }: Line): void {
  context.lineWidth = first + last;
  context.beginPath();
  context.moveTo(...from);
  // A line without length has no round ends in some browsers.
  context.lineTo(to[0] + (from[0] === to[0] && from[1] === to[1] ? 0.01 : 0), to[1]);
  context.stroke();
}

/** What is typed, in thousandths of an em. */
export function sketchOfLettering({ letters, width }: Lettering): Sketch {
  return {
    width: width + 2 * extent.beside,
    height: extent.above + extent.below,
    paint: (context) => {
      context.fillStyle = pen.penColor;
      for (const { x, path } of letters) {
        context.save();
        context.translate(x + extent.beside, extent.above);
        const outline = new Path2D(path);
        // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- a canvas is no array
        context.fill(outline);
        context.restore();
      }
    },
  };
}

const pictures = new WeakMap<ExtractedInk, HTMLCanvasElement>();

/** What was found in a picture, in its pixels. */
export function sketchOfPicture(ink: ExtractedInk): Sketch {
  const { width, height } = ink.coverage;
  const picture = pictures.get(ink) ?? document.createElement('canvas');
  pictures.set(ink, picture);
  paintInk(picture, ink);
  return { width, height, paint: (context) => context.drawImage(picture, 0, 0) };
}
