import SignaturePad, { type PointGroup } from 'signature_pad';
import { calm, type Ink } from './ink.ts';
import { pen } from './ink-drawing.ts';
import { pointAt } from './bezier.ts';
import type { Line } from './raster.ts';

const number = String.raw`(-?[\d.]+)`;
const point = `${number},${number}`;
const shapes = new RegExp(
  `<path d="M ${point} C ${point} ${point} ${point}" stroke-width="${number}"|<circle r="${number}" cx="${number}" cy="${number}"`,
  'g',
);

/** Pieces a curve is cut into, per pixel of the pad. */
const fineness = 1.5;

/** The ink as signature_pad draws it, as lines: from its own SVG, so that no canvas is read. */
export function* linesOf(ink: Ink): Generator<Line> {
  for (const { points } of ink.strokes) {
    let last: number | undefined;
    for (const [, ...found] of toSvg({ ...pen, points: calm(points) }).matchAll(shapes)) {
      const numbers = found.map(Number);
      if (found[9] !== undefined) {
        const at: [number, number] = [numbers[10]!, numbers[11]!];
        yield { from: at, to: at, radii: [numbers[9]!, numbers[9]!] };
        continue;
      }
      const radius = numbers[8]! / 2;
      yield* piecesOf(numbers, [last ?? radius, radius]);
      last = radius;
    }
  }
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
