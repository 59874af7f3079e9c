import { initialText, type GraphicsState, type TextPosition } from './graphics-state.ts';
import type { Budget } from './content-budget.ts';
import type { Operand } from './content-tokens.ts';
import { intersect, type Box, type Point } from '@tu-esign/verifier/pdf/geometry.ts';
import type { PdfDict } from '@tu-esign/verifier/pdf/objects/containers.ts';

/** What a page's content, and the forms within it, are walked through with. */
export interface Scene {
  resources: PdfDict | undefined;
  /** Of all that may be drawn, so far. */
  boxes: Box[];
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
