import { identity, type Box, type Matrix } from '#pdf/geometry.ts';
import type { Range } from './font-widths.ts';
import type { LetterWidths } from './letter-widths.ts';
import type { FontExtent } from './text-extent.ts';

/** What of the graphics and text state decides where things are drawn (ISO 32000-2, 8.4, 9.3). */
export interface GraphicsState {
  matrix: Matrix;
  clip: Box;
  lineWidth: number;
  /** Painting in pure white leaves paper as it was. */
  fillIsWhite: boolean;
  font: FontExtent | undefined;
  letters: LetterWidths | undefined;
  /** Text is not shown where it is 3 or 7 (9.3.6). */
  rendering: number;
  fontSize: number;
  characterSpacing: number;
  wordSpacing: number;
  horizontalScale: number;
  leading: number;
  rise: number;
}

export const initialState = (matrix: Matrix, clip: Box): GraphicsState => ({
  matrix,
  clip,
  lineWidth: 1,
  fillIsWhite: false,
  font: undefined,
  letters: undefined,
  rendering: 0,
  fontSize: 0,
  characterSpacing: 0,
  wordSpacing: 0,
  horizontalScale: 1,
  leading: 0,
  rise: 0,
});

/** How broad lines are, in the page's own units. */
export const lineBreadth = ({ matrix: [a, b, c, d], lineWidth }: GraphicsState): number =>
  lineWidth * Math.max(Math.hypot(a, b), Math.hypot(c, d));

/** The text object's matrices (9.4.1), and between what the current line has come, in text space. */
export interface TextPosition extends Range {
  line: Matrix;
}

export const initialText = (): TextPosition => ({ line: identity, least: 0, most: 0 });
