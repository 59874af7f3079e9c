import SignaturePad, { type PointGroup } from 'signature_pad';
import { calm, type Ink } from './ink.ts';
import { pen } from './ink-drawing.ts';
import { pointAt } from './bezier.ts';
import type { Line } from './raster.ts';

const number = String.raw`(-?[\d.]+(?:e-?\d+)?)`;
const point = `${number},${number}`;
const pair = (x: string, y: string) => `${x}="${number}" ${y}="${number}"`;
const shapes = new RegExp(
  [
    `<path d="M ${point} C ${point} ${point} ${point}" stroke-width="${number}"`,
    `<circle r="${number}" ${pair('cx', 'cy')}`,
    `<line ${pair('x1', 'y1')} ${pair('x2', 'y2')} stroke="[^"]*" stroke-width="${number}"`,
  ].join('|'),
  'g',
);

/** signature_pad's canvas draws a curve with its width as radius, and its SVG as a line wider than that. */
const widthInSvg = 2.25;

/** Pieces a curve is cut into, per pixel of the pad. */
const fineness = 1.5;

/** The ink as signature_pad draws it, as lines: from its own SVG, so that no canvas is read. */
export function* linesOf(ink: Ink): Generator<Line> {
  for (const { points } of ink.strokes) {
    let last: number | undefined;
    for (const [, ...found] of toSvg({ ...pen, points: calm(points) }).matchAll(shapes)) {
      const numbers = found.map(Number);
      const isCurve = found[0] !== undefined;
      if (!isCurve) yield simpleLine(numbers.slice(9).filter((value) => !Number.isNaN(value)));
      else {
        const radius = numbers[8]! / widthInSvg;
        yield* piecesOf(numbers, [last ?? radius, radius]);
        last = radius;
      }
    }
  }
}

/** What is too short for a curve: a dot (radius and middle), or from one point to another (both, and the width). */
function simpleLine([first, ...rest]: number[]): Line {
  const [x, y] = rest as [number, number];
  if (rest.length === 2) return { from: [x, y], to: [x, y], radii: [first!, first!] };
  const radius = rest[3]! / 2;
  return { from: [first!, x], to: [y, rest[2]!], radii: [radius, radius] };
}

function toSvg(group: PointGroup): string {
  const pad = new SignaturePad(document.createElement('canvas'), pen);
  pad.off();
  pad.fromData([group]);
  return pad.toSVG();
}

function* piecesOf(curve: number[], [first, last]: [number, number]): Generator<Line> {
  const length = Math.hypot(curve[6]! - curve[0]!, curve[7]! - curve[1]!);
  const count = Math.max(2, Math.ceil(length / fineness));
  let from = pointAt(curve, 0);
  for (let piece = 1; piece <= count; piece += 1) {
    const to = pointAt(curve, piece / count);
    const radiusAt = (share: number) => first + (last - first) * share;
    yield { from, to, radii: [radiusAt((piece - 1) / count), radiusAt(piece / count)] };
    from = to;
  }
}
