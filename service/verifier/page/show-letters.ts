import {
  areaOf,
  intersect,
  isEmpty,
  multiply,
  overlap,
  transform,
  transformBox,
  type Box,
  type Point,
} from '#pdf/geometry.ts';
import { Unsure } from './content-budget.ts';
import type { Operand } from './content-tokens.ts';
import type { Drawing } from './drawing.ts';
import { lineBreadth, type TextPosition } from './graphics-state.ts';
import type { LetterWidths } from './letter-widths.ts';
import { textOf } from './operands.ts';

/** Of one page; one with more is a map, or made to take time. */
const mostLetters = 200_000;
/** Units of the font size. */
const height = 0.5;
/** Where each letter is placed by itself, its font may say that none has a width. */
const narrowest = 0.2;
const space = 32;
/** So many of the same in a row are a line to write on. */
const leastOfLine = 3;

const codesOf = (string: string, { bytesPerCode }: LetterWidths): number[] =>
  Array.from({ length: Math.floor(string.length / bytesPerCode) }, (_, at) =>
    bytesPerCode === 1 ? string.charCodeAt(at) : 256 * string.charCodeAt(2 * at) + string.charCodeAt(2 * at + 1),
  );

const bytesOf = (string: string, at: number, { bytesPerCode }: LetterWidths): string =>
  string.slice(at * bytesPerCode, (at + 1) * bytesPerCode);

/** Whether a letter says nothing: a space, or one of a line to write on. */
const isBlank = (codes: readonly number[], at: number, { bytesPerCode }: LetterWidths): boolean => {
  const code = codes[at]!;
  if (bytesPerCode === 1 && code <= space) return true;
  let [first, last] = [at, at];
  while (codes[first - 1] === code && at - first < leastOfLine) first -= 1;
  while (codes[last + 1] === code && last - at < leastOfLine) last += 1;
  // Three digits of a number are no line.
  return last - first >= leastOfLine && !(bytesPerCode === 1 && /[0-9A-Za-z]/.test(String.fromCharCode(code)));
};

/** Text in white is seen only where something else was drawn before; what is not shown at all is never seen. */
const isSeen = ({ scene, state }: Drawing, box: Box): boolean => {
  if (state.rendering === 3 || state.rendering === 7) return false;
  const isFilledAlone = state.rendering === 0 || state.rendering === 4;
  return (
    !state.fillIsWhite || !isFilledAlone || !scene.letters!.onPaper || scene.boxes.some((other) => overlap(other, box))
  );
};

/** As near as is known, so that there is but one place where a line has come to. */
const advance = (text: TextPosition, by: number): void => {
  text.least += by;
  text.most = text.least;
};

/** Points: of a letter of one point, its height, and the width of a narrow one. */
const leastSides = [0.2, 0.5] as const;

/** Of a letter, what is seen of it. */
const mostCutOff = 0.5;

const isFaint = (whole: Box, seen: Box): boolean => {
  const [shorter, longer] = [whole.right - whole.left, whole.top - whole.bottom].sort((a, b) => a - b);
  return shorter! < leastSides[0] || longer! < leastSides[1] || areaOf(seen) < mostCutOff * areaOf(whole);
};

/** Points from the line to the height of small letters: the strokes of such a letter are as broad as others are high. */
const large = 25;

const isLarge = ({ state, text }: Drawing): boolean => {
  const [, , c, d] = multiply(text.line, state.matrix);
  return Math.hypot(c, d) * Math.abs(state.fontSize) * height > large;
};

const noteLetter = (drawing: Drawing, width: number): void => {
  const { scene, state, text } = drawing;
  const { fontSize, rise, horizontalScale } = state;
  const broad = Math.max(width, narrowest) * fontSize * horizontalScale;
  const [left, right] = [text.least, text.least + broad].sort((a, b) => a - b);
  const [bottom, top] = [rise, rise + height * fontSize].sort((a, b) => a - b);
  const whole = { left: left!, right: right!, bottom: bottom!, top: top! };
  const shape = transformBox(multiply(text.line, state.matrix), whole);
  const box = intersect(shape, state.clip);
  const letters = scene.letters!;
  if (letters.boxes.length >= mostLetters) throw new Unsure('The page has too many letters');
  const isShown = !isEmpty(box) && isSeen(drawing, box);
  if (isShown) letters.boxes.push(box);
  // However little of it the clip leaves.
  if (isShown && isLarge(drawing)) letters.large.push(box);
  letters.isFaint ||= !isShown || isFaint(shape, box);
};

/** As it stands, for who reads what is said. */
const keepGlyph = ({ scene, state, text }: Drawing, code: string, width: number): void => {
  const glyphs = scene.letters!.glyphs!;
  if (glyphs.length >= mostLetters) throw new Unsure('The page has too many letters');
  const { fontSize, rise, horizontalScale, letters } = state;
  const matrix = multiply(text.line, state.matrix);
  const at = (x: number, y: number): Point => transform(matrix, [x, y]);
  glyphs.push({
    font: letters?.font,
    code,
    from: at(text.least, rise),
    to: at(text.least + width * fontSize * horizontalScale, rise),
    above: at(text.least, rise + fontSize),
  });
};

/** So much longer one way than the other, a stroke of a letter is a bar. */
const mostStretched = 3;

const isStretched = ({ state, text }: Drawing): boolean => {
  const [a, b, c, d] = multiply([state.horizontalScale, 0, 0, 1, 0, 0], multiply(text.line, state.matrix));
  const [across, up] = [Math.hypot(a, b), Math.hypot(c, d)];
  return Math.max(across, up) > mostStretched * Math.min(across, up);
};

/** Of the lines around letters, in points. */
const broadOutline = 1.5;

const showString = (drawing: Drawing, string: string): void => {
  const { state, text, scene } = drawing;
  const widths = state.letters;
  // Without a font nothing is shown.
  scene.letters!.isFaint ||= !widths && string !== '';
  if (!widths || !string) return;
  // With broad lines around them, letters are boxes.
  const isOutlined = state.rendering % 4 === 1 || state.rendering % 4 === 2;
  scene.letters!.ownShapes ||=
    widths.ownShapes || (isOutlined && lineBreadth(state) > broadOutline) || isStretched(drawing);
  const codes = codesOf(string, widths);
  for (const [at, code] of codes.entries()) {
    const width = widths.widthOf(code);
    if (!isBlank(codes, at, widths)) noteLetter(drawing, width);
    if (scene.letters!.glyphs) keepGlyph(drawing, bytesOf(string, at, widths), width);
    const isSpace = widths.bytesPerCode === 1 && code === space;
    const spacing = state.characterSpacing + (isSpace ? state.wordSpacing : 0);
    advance(text, (width * state.fontSize + spacing) * state.horizontalScale);
  }
};

/** Takes down each letter by itself. */
export const showLetters = (drawing: Drawing, operand: Operand): void => {
  const { state, text } = drawing;
  for (const part of Array.isArray(operand) ? operand : [operand]) {
    if (typeof part === 'number') advance(text, (-part / 1000) * state.fontSize * state.horizontalScale);
    else showString(drawing, textOf(part, 'string'));
  }
};
