import type { Operand } from './content-tokens.ts';
import { transform, type Box, type Matrix, type Point } from '@tu-esign/verifier/pdf/geometry.ts';

/** What is left of operands where something else than numbers is out of place. */
export type Numbers = number[];

export const numbersOf = (operands: Operand[]): Numbers =>
  operands.map((operand) => (typeof operand === 'number' ? operand : 0));
export const matrixOf = (operands: Operand[]): Matrix => {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = numbersOf(operands);
  return [a, b, c, d, e, f];
};
export const textOf = (operand: Operand | undefined, key: 'name' | 'string'): string =>
  operand && typeof operand === 'object' && key in operand ? (operand as Record<typeof key, string>)[key] : '';

export const unitSquare: Box = { left: 0, bottom: 0, right: 1, top: 1 };

export const paints = new Map(
  Object.entries({ f: 'f', F: 'f', 'f*': 'f', S: 's', s: 's', B: 'fs', 'B*': 'fs', b: 'fs', 'b*': 'fs', n: '' }).map(
    ([operator, what]) => [operator, { fills: what.includes('f'), strokes: what.includes('s') }],
  ),
);

export const isWhite = (operator: string, operands: Operand[]): boolean => {
  const numbers = numbersOf(operands);
  if (operator === 'g' || operator === 'rg') return numbers.length > 0 && numbers.every((number) => number >= 1);
  return operator === 'k' && numbers.every((number) => number <= 0);
};

export const pairsOf = (numbers: Numbers): Point[] =>
  Array.from({ length: numbers.length >> 1 }, (_, index) => [numbers[2 * index]!, numbers[2 * index + 1]!] as const);

export const rectangle = (matrix: Matrix, [x = 0, y = 0, w = 0, h = 0]: Numbers): Point[] =>
  (
    [
      [x, y],
      [x + w, y],
      [x + w, y + h],
      [x, y + h],
      [x, y],
    ] as const
  ).map((point) => transform(matrix, point));

export const grow = ({ left, bottom, right, top }: Box, by: number): Box => ({
  left: left - by,
  bottom: bottom - by,
  right: right + by,
  top: top + by,
});
