import type { Operand } from './content-tokens.ts';
import type { Box, Matrix } from '#pdf/geometry.ts';

/** As numbers; what is none counts as 0. */
export const numbersOf = (operands: Operand[]): number[] =>
  operands.map((operand) => (typeof operand === 'number' ? operand : 0));

export const matrixOf = (operands: Operand[]): Matrix => {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = numbersOf(operands);
  return [a, b, c, d, e, f];
};

/** Of a name or a string; what is neither says nothing. */
export const textOf = (operand: Operand | undefined, key: 'name' | 'string'): string =>
  operand && typeof operand === 'object' && key in operand ? (operand as Record<typeof key, string>)[key] : '';

/** What images fill, before they are placed. */
export const unitSquare: Box = { left: 0, bottom: 0, right: 1, top: 1 };
