import { initialText, type GraphicsState, type TextPosition } from './graphics-state.ts';
import type { Budget } from './content-budget.ts';
import type { Operand } from './content-tokens.ts';
import { intersect, type Box, type Point } from '#pdf/geometry.ts';
import type { PdfDict } from '#pdf/objects/containers.ts';

/** A glyph as it was shown: what it says is its font's to tell. */
export interface Glyph {
  font: PdfDict | undefined;
  /** One character for each byte. */
  code: string;
  /** Of its base line, in the page's own units. */
  from: Point;
  to: Point;
  /** Above `from`, as high as the font is large. */
  above: Point;
}

/** Where letters stand, as near as the widths of their fonts tell. */
export interface Letters {
  /** From the line to the height of small letters: what covers most of that hides the letter. */
  boxes: Box[];
  /** Of some, by fonts that are in the file, there is no telling how far they draw. */
  ownShapes: boolean;
  /** Of those that are so large that their strokes hide what is below. */
  large: Box[];
  /** Some are too small to be read, are cut off for the greater part, or not shown at all. */
  isFaint: boolean;
  /** Where it is asked for: each as it was shown, whether it is seen or not. */
  glyphs?: Glyph[];
  /** Whether there is white paper below, on which letters in white are not seen. */
  onPaper: boolean;
}

export const noLetters = (onPaper: boolean): Letters => ({
  boxes: [],
  ownShapes: false,
  large: [],
  isFaint: false,
  onPaper,
});

/** What a page's content, and the forms within it, are walked through with. */
export interface Scene {
  resources: PdfDict | undefined;
  /** Of all that may be drawn, so far. */
  boxes: Box[];
  /** Where it is asked for: what hides things counts, be it paper that is drawn over them, and letters are apart. */
  letters?: Letters | undefined;
  budget: Budget;
  /** Forms around this one. */
  depth: number;
}

/** How far a content stream has come. */
export interface Drawing {
  readonly scene: Scene;
  readonly saved: GraphicsState[];
  state: GraphicsState;
  text: TextPosition;
  /** Subpaths, in the page's own units. */
  path: Point[][];
  /** Whether the next painting of the path makes it the clip as well (ISO 32000-2, 8.5.4). */
  clipNext: boolean;
}

/** What an operator does; what is not in a table changes nothing of where things are drawn. */
export type Operator = (drawing: Drawing, operands: Operand[]) => void;
export type Operators = Readonly<Record<string, Operator>>;

export const startDrawing = (scene: Scene, state: GraphicsState): Drawing => ({
  scene,
  saved: [],
  state,
  text: initialText(),
  path: [],
  clipNext: false,
});

/** Takes down that something may be drawn in a box. */
export const note = ({ scene, state }: Drawing, box: Box): void => {
  const seen = intersect(box, state.clip);
  if (seen.left <= seen.right && seen.bottom <= seen.top) scene.boxes.push(seen);
};
