import type { Font } from 'harfbuzzjs';
import { format } from './format.ts';

type Point = [number, number];

const write = (operator: string, ...points: Point[]): string => `${points.flat().map(format).join(' ')} ${operator}`;

const between = ([x1, y1]: Point, [x2, y2]: Point): Point => [x1 + (2 / 3) * (x2 - x1), y1 + (2 / 3) * (y2 - y1)];

const toPoints = (values: number[]): Point[] =>
  Array.from({ length: values.length / 2 }, (_, index) => [values[2 * index]!, values[2 * index + 1]!]);

/** A glyph's outline as path operators, in thousandths of the font size. PDF has no quadratic curves (8.5.2.2). */
export const outlineOf = (font: Font, glyph: number): string => {
  let current: Point = [0, 0];
  const operators = font.glyphToJson(glyph).map(({ type, values }) => {
    const points = toPoints(values);
    const from = current;
    current = points.at(-1) ?? current;
    if (type === 'Q') return write('c', between(from, points[0]!), between(points[1]!, points[0]!), points[1]!);
    return write({ M: 'm', L: 'l', C: 'c', Z: 'h' }[type]!, ...points);
  });
  return operators.join(' ');
};
