import type { Sketch } from '../view/sketch.ts';
import type { ExtractedInk } from './extract-ink.ts';
import type { Ink, InkStroke } from './ink/ink.ts';
import { pen } from './ink/ink-drawing.ts';
import { linesOf } from './ink/ink-lines.ts';
import { paintInk } from './ink/paint-ink.ts';
import { density } from './ink/picture.ts';
import type { Line } from './ink/raster.ts';
import { boundsOfLettering, unitOf, type Lettering } from './lettering.ts';

/** The service crops the picture to its ink, but for so many pixels around it. */
const leftClear = 4;

/** Of strokes that have ended, which are never changed. */
const known = new WeakMap<InkStroke, Line[]>();

/** What is drawn so far, in the pad's CSS pixels. */
function sketchOfInk(ink: Ink, unfinished?: InkStroke): Sketch | null {
  const lines = ink.strokes.flatMap((stroke) => linesOfStroke(ink, stroke, stroke === unfinished));
  if (lines.length === 0) return null;
  const box = boundsOfLines(lines);
  const rim = leftClear / density;
  return {
    width: box.right - box.left + 2 * rim,
    height: box.bottom - box.top + 2 * rim,
    paint: (context) => {
      context.translate(rim - box.left, rim - box.top);
      Object.assign(context, { strokeStyle: pen.penColor, lineCap: 'round' });
      for (const line of lines) paintLine(context, line);
    },
  };
}

function boundsOfLines(lines: Line[]) {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const { from, to, radii } of lines) {
    for (const [[x, y], radius] of [
      [from, radii[0]],
      [to, radii[1]],
    ] as const) {
      box.left = Math.min(box.left, x - radius);
      box.right = Math.max(box.right, x + radius);
      box.top = Math.min(box.top, y - radius);
      box.bottom = Math.max(box.bottom, y + radius);
    }
  }
  return box;
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
export function sketchOfLettering(lettering: Lettering): Sketch {
  const box = boundsOfLettering(lettering);
  const rim = leftClear / unitOf(lettering, density);
  return {
    width: box.right - box.left + 2 * rim,
    height: box.bottom - box.top + 2 * rim,
    paint: (context) => {
      context.translate(rim - box.left, rim - box.top);
      context.fillStyle = pen.penColor;
      for (const { x, path } of lettering.letters) {
        context.save();
        context.translate(x, 0);
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
