import { note, type Drawing, type Operator, type Operators } from './drawing.ts';
import { lineBreadth } from './graphics-state.ts';
import { numbersOf } from './operands.ts';
import { boxOf, intersect, transform, type Box, type Point } from '#pdf/geometry.ts';

const pointsOf = ({ state }: Drawing, numbers: number[]): Point[] =>
  Array.from({ length: numbers.length >> 1 }, (_, index) =>
    transform(state.matrix, [numbers[2 * index]!, numbers[2 * index + 1]!]),
  );

const lastSubpath = ({ path }: Drawing): Point[] => {
  if (!path.length) path.push([]);
  return path.at(-1)!;
};

const move: Operator = (drawing, operands) => void drawing.path.push(pointsOf(drawing, numbersOf(operands)));

/** A curve lies within the lines between its control points. */
const draw: Operator = (drawing, operands) => void lastSubpath(drawing).push(...pointsOf(drawing, numbersOf(operands)));

const close: Operator = (drawing) => {
  const points = lastSubpath(drawing);
  points.push(...points.slice(0, 1));
};

const rectangle: Operator = (drawing, operands) => {
  const [x = 0, y = 0, w = 0, h = 0] = numbersOf(operands);
  drawing.path.push(pointsOf(drawing, [x, y, x + w, y, x + w, y + h, x, y + h, x, y]));
};

const clip: Operator = (drawing) => {
  drawing.clipNext = true;
};

const grow = ({ left, bottom, right, top }: Box, by: number): Box => ({
  left: left - by,
  bottom: bottom - by,
  right: right + by,
  top: top + by,
});

/** Half of the width of a line, in points, that hides what it crosses. */
const broad = 1.75;

/** Piece by piece, so that a frame does not take what it surrounds. */
const noteLines = (drawing: Drawing, points: Point[]): void => {
  const reach = lineBreadth(drawing.state) / 2 + 0.5;
  points.slice(1).forEach((point, index) => {
    const box = boxOf([points[index]!, point]);
    // Thin lines across hide nothing of what is in their box.
    const isAcross = reach < broad && Math.min(box.right - box.left, box.top - box.bottom) > 2 * reach;
    if (!(drawing.scene.letters && isAcross)) note(drawing, grow(box, reach));
  });
};

const paint =
  (...what: ('fill' | 'stroke')[]): Operator =>
  (drawing) => {
    const { path, scene, state } = drawing;
    for (const points of path) {
      if (what.includes('fill') && (!state.fillIsWhite || scene.letters)) note(drawing, boxOf(points));
      if (what.includes('stroke')) noteLines(drawing, points);
    }
    if (drawing.clipNext) state.clip = intersect(state.clip, boxOf(path.flat()));
    drawing.path = [];
    drawing.clipNext = false;
  };

const [fill, stroke, both, nothing] = [paint('fill'), paint('stroke'), paint('fill', 'stroke'), paint()];

/** Making a path, painting it and clipping by it (ISO 32000-2, 8.5). */
export const pathOperators: Operators = {
  m: move,
  l: draw,
  c: draw,
  v: draw,
  y: draw,
  h: close,
  re: rectangle,
  W: clip,
  'W*': clip,
  f: fill,
  F: fill,
  'f*': fill,
  S: stroke,
  s: stroke,
  B: both,
  'B*': both,
  b: both,
  'b*': both,
  n: nothing,
};
