import { Unsure } from './content-budget.ts';
import type { Operand } from './content-tokens.ts';
import { note, type Drawing, type Operator, type Operators } from './drawing.ts';
import { initialText, type GraphicsState } from './graphics-state.ts';
import { letterWidths } from './letter-widths.ts';
import { matrixOf, numbersOf, textOf } from './operands.ts';
import { showLetters } from './show-letters.ts';
import { rangeOf } from './font-widths.ts';
import { fontExtent, type Extent } from './text-extent.ts';
import { multiply, transformBox } from '#pdf/geometry.ts';

type Parameter = 'characterSpacing' | 'wordSpacing' | 'horizontalScale' | 'leading' | 'rise';

const set =
  (parameter: Parameter, unit = 1): Operator =>
  ({ state }, operands) => {
    state[parameter] = (numbersOf(operands)[0] ?? 0) * unit;
  };

const begin: Operator = (drawing) => {
  drawing.text = initialText();
};

const setMatrix: Operator = (drawing, operands) => {
  drawing.text = { ...initialText(), line: matrixOf(operands) };
};

const setFont: Operator = ({ scene, state }, operands) => {
  const name = textOf(operands[0], 'name');
  if (scene.letters) state.letters = letterWidths(scene.resources, name);
  else state.font = fontExtent(scene.resources, name);
  state.fontSize = numbersOf(operands)[1] ?? 0;
};

const moveLine = (drawing: Drawing, x: number, y: number): void => {
  drawing.text = { ...initialText(), line: multiply([1, 0, 0, 1, x, y], drawing.text.line) };
};

const move: Operator = (drawing, operands) => {
  const [x = 0, y = 0] = numbersOf(operands);
  moveLine(drawing, x, y);
};

const moveAndLead: Operator = (drawing, operands) => {
  move(drawing, operands);
  drawing.state.leading = -(numbersOf(operands)[1] ?? 0);
};

const nextLine: Operator = (drawing) => moveLine(drawing, 0, -drawing.state.leading);

const by = (number: number): Extent => {
  const end = { least: number, most: number };
  return { end, reached: end };
};

/** Before it is scaled. */
const extentOf = (state: GraphicsState, part: Operand): Extent => {
  if (typeof part === 'number') return by((-part / 1000) * state.fontSize);
  const string = textOf(part, 'string');
  if (!string) return by(0);
  if (!state.font) throw new Unsure('Text in a font whose size is not known');
  return state.font(string, state);
};

const setRendering: Operator = ({ state }, operands) => {
  state.rendering = numbersOf(operands)[0] ?? 0;
};

/** From the start of the line to the farthest the text may have come. */
const show = (drawing: Drawing, operand: Operand): void => {
  if (drawing.scene.letters) return showLetters(drawing, operand);
  const { state, text } = drawing;
  const { horizontalScale: scale } = state;
  const places = [0, text.least, text.most];
  for (const part of Array.isArray(operand) ? operand : [operand]) {
    const { end, reached } = extentOf(state, part);
    for (const by of [reached.least * scale, reached.most * scale]) places.push(text.least + by, text.most + by);
    const { least, most } = rangeOf([end.least * scale, end.most * scale]);
    text.least += least;
    text.most += most;
  }
  const { least: left, most: right } = rangeOf(places);
  const [bottom, top] = [state.rise - 0.35 * state.fontSize, state.rise + 1.05 * state.fontSize].sort((a, b) => a - b);
  const box = { left, right, bottom: bottom!, top: top! };
  if (right > left) note(drawing, transformBox(multiply(text.line, state.matrix), box));
  return undefined;
};

const showHere: Operator = (drawing, [operand = null]) => show(drawing, operand);

const showNext: Operator = (drawing, [operand = null]) => {
  nextLine(drawing, []);
  show(drawing, operand);
};

const showSpaced: Operator = (drawing, operands) => {
  [drawing.state.wordSpacing = 0, drawing.state.characterSpacing = 0] = numbersOf(operands);
  showNext(drawing, operands.slice(2));
};

/** Text state, position and showing (ISO 32000-2, 9.3, 9.4). */
export const textOperators: Operators = {
  BT: begin,
  Tf: setFont,
  Tc: set('characterSpacing'),
  Tw: set('wordSpacing'),
  Tz: set('horizontalScale', 1 / 100),
  TL: set('leading'),
  Ts: set('rise'),
  Tr: setRendering,
  Tm: setMatrix,
  Td: move,
  TD: moveAndLead,
  'T*': nextLine,
  Tj: showHere,
  TJ: showHere,
  "'": showNext,
  '"': showSpaced,
};
