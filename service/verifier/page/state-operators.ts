import type { Operand } from './content-tokens.ts';
import { note, type Drawing, type Operator, type Operators } from './drawing.ts';
import type { GraphicsState } from './graphics-state.ts';
import { widthsOfFont } from './letter-widths.ts';
import { matrixOf, numbersOf, textOf, unitSquare } from './operands.ts';
import { multiply, transformBox } from '#pdf/geometry.ts';
import type { PdfArray } from '#pdf/objects/containers.ts';
import { arrayAt, asNumber, dictAt, numberAt } from '#pdf/objects/entries.ts';

const save: Operator = ({ saved, state }) => void saved.push({ ...state });

const restore: Operator = (drawing) => {
  drawing.state = drawing.saved.pop() ?? drawing.state;
};

const concatenate: Operator = ({ state }, operands) => {
  state.matrix = multiply(matrixOf(operands), state.matrix);
};

const setLineWidth: Operator = ({ state }, operands) => {
  state.lineWidth = numbersOf(operands)[0] ?? 1;
};

/** How far strings of such a font reach is not asked for: text in it may be anywhere. */
const setFont = (state: GraphicsState, font: PdfArray | undefined): void => {
  state.font = undefined;
  state.letters = widthsOfFont(font?.lookup(0));
  state.fontSize = asNumber(font?.lookup(1)) ?? 0;
};

/** Of a graphics state parameter dictionary (8.4.5), what is of interest here. */
const setParameters: Operator = ({ scene: { resources }, state }, [name]) => {
  const all = resources && dictAt(resources, 'ExtGState');
  const parameters = all && dictAt(all, textOf(name, 'name'));
  if (!parameters) return;
  state.lineWidth = numberAt(parameters, 'LW') ?? state.lineWidth;
  if (parameters.has('Font')) setFont(state, arrayAt(parameters, 'Font'));
};

const setFill =
  (isWhite: (numbers: number[]) => boolean): Operator =>
  ({ state }, operands: Operand[]) => {
    state.fillIsWhite = isWhite(numbersOf(operands));
  };

// of light, and of ink
const setLight = setFill((numbers) => numbers.length > 0 && numbers.every((number) => number >= 1));
const setInk = setFill((numbers) => numbers.every((number) => number <= 0));
// in a colour space that is not looked at
const setOther = setFill(() => false);

/** An image within the content fills a unit of the user's space, as every image does (8.9.5). */
const drawInlineImage: Operator = (drawing) => note(drawing, transformBox(drawing.state.matrix, unitSquare));

/** A shading paints all that is not clipped (8.7.4.2). */
const paintShading = (drawing: Drawing): void => note(drawing, drawing.state.clip);

/** Graphics state, colour, and what is painted without a path (ISO 32000-2, 8.4.4, 8.6.8, 8.7.4.2, 8.9.7). */
export const stateOperators: Operators = {
  q: save,
  Q: restore,
  cm: concatenate,
  w: setLineWidth,
  gs: setParameters,
  g: setLight,
  rg: setLight,
  k: setInk,
  sc: setOther,
  scn: setOther,
  cs: setOther,
  ID: drawInlineImage,
  sh: paintShading,
};
