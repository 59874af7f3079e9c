import { decodeStream } from '#pdf/filters/decode-stream.ts';
import { boxFromNumbers, type Box } from '#pdf/geometry.ts';
import type { PdfStream } from '#pdf/objects/containers.ts';
import { numbersAt } from '#pdf/objects/entries.ts';
import { readOperations } from './content-tokens.ts';
import { coveredBy } from './letters.ts';
import { numbersOf } from './operands.ts';

/** Red, green and blue; undefined where it cannot be told. */
type Colour = readonly [number, number, number] | undefined;

interface Ink {
  fill: Colour;
  stroke: Colour;
  lineWidth: number;
  /** What is drawn may lie elsewhere, and be larger. */
  isMoved: boolean;
}

/** How far content has come. */
interface Walk {
  box: Box;
  ink: Ink;
  saved: Ink[];
  /** Rectangles; what is none is undefined. */
  path: (Box | undefined)[];
  /** All that text may lie upon. */
  grounds: Colour[];
  hasText: boolean;
  isFaint: boolean;
}

const black: Colour = [0, 0, 0];
const white: Colour = [1, 1, 1];

/** Of one, three or four numbers, as `g`, `rg` and `k` have them (ISO 32000-2, 8.6.8). */
const colourOf = (numbers: readonly number[]): Colour => {
  const [one = 0, two = 0, three = 0, key = 0] = numbers.map((number) => Math.min(1, Math.max(0, number)));
  if (numbers.length === 1) return [one, one, one];
  if (numbers.length === 3) return [one, two, three];
  return numbers.length === 4 ? [(1 - one) * (1 - key), (1 - two) * (1 - key), (1 - three) * (1 - key)] : undefined;
};

/** Of the most different of the three. */
const leastContrast = 0.3;

const isOther = (one: Colour, ground: Colour): boolean =>
  one !== undefined &&
  ground !== undefined &&
  Math.max(...one.map((part, at) => Math.abs(part - ground[at]!))) >= leastContrast;

/** A frame around it may lie within its edges. */
const edge = 2;

const covers = ({ left, right, bottom, top }: Box, box: Box): boolean =>
  left <= box.left + edge && right >= box.right - edge && bottom <= box.bottom + edge && top >= box.top - edge;

const thinLine = 2;

/** What is painted behind text hides it; what is painted before is what it lies upon. */
const paint = (walk: Walk, what: { fills: boolean; strokes: boolean }): void => {
  const { path, ink, box } = walk;
  const [first, ...more] = path;
  if (path.length) walk.isFaint ||= walk.hasText;
  if (path.length && what.fills) {
    const isAll = first && !more.length && !ink.isMoved && covers(first, box);
    walk.grounds = isAll ? [ink.fill] : [...walk.grounds, ink.fill];
  }
  if (path.length && what.strokes && (ink.isMoved || ink.lineWidth > thinLine)) walk.grounds.push(ink.stroke);
  walk.path = [];
};

const show = (walk: Walk): void => {
  walk.hasText = true;
  walk.isFaint ||= !walk.grounds.every((ground) => isOther(walk.ink.fill, ground));
};

const fill = (walk: Walk): void => paint(walk, { fills: true, strokes: false });
const stroke = (walk: Walk): void => paint(walk, { fills: false, strokes: true });
const both = (walk: Walk): void => paint(walk, { fills: true, strokes: true });
const setFill = (walk: Walk, numbers: number[]): void => void (walk.ink.fill = colourOf(numbers));
const setStroke = (walk: Walk, numbers: number[]): void => void (walk.ink.stroke = colourOf(numbers));
/** In a colour space that is not looked at. */
const setOther = (walk: Walk): void => void (walk.ink.fill = undefined);
const setOtherStroke = (walk: Walk): void => void (walk.ink.stroke = undefined);
const draw = (walk: Walk): void => void walk.path.push(undefined);

const operators: Readonly<Record<string, (walk: Walk, numbers: number[]) => void>> = {
  q: ({ saved, ink }) => void saved.push({ ...ink }),
  Q: (walk) => void (walk.ink = walk.saved.pop() ?? walk.ink),
  cm: ({ ink }) => void (ink.isMoved = true),
  w: ({ ink }, [width = 1]) => void (ink.lineWidth = width),
  // It may be seen through, or mixed with what is below.
  gs: (walk) => void (walk.isFaint = true),
  g: setFill,
  rg: setFill,
  k: setFill,
  cs: setOther,
  sc: setOther,
  scn: setOther,
  G: setStroke,
  RG: setStroke,
  K: setStroke,
  CS: setOtherStroke,
  SC: setOtherStroke,
  SCN: setOtherStroke,
  re: ({ path }, [x = 0, y = 0, width = 0, height = 0]) =>
    void path.push(boxFromNumbers([x, y, x + width, y + height])),
  m: draw,
  l: draw,
  f: fill,
  F: fill,
  'f*': fill,
  S: stroke,
  s: stroke,
  B: both,
  'B*': both,
  b: both,
  'b*': both,
  n: (walk) => void (walk.path = []),
  Tj: show,
  TJ: show,
  "'": show,
  '"': show,
};

const hasInk = (form: PdfStream, box: Box): boolean => {
  const ink: Ink = { fill: black, stroke: black, lineWidth: 1, isMoved: false };
  const walk: Walk = { box, ink, saved: [], path: [], grounds: [white], hasText: false, isFaint: false };
  for (const { operator, operands } of readOperations(decodeStream(form)))
    if (Object.hasOwn(operators, operator)) operators[operator]!(walk, numbersOf(operands));
  return !walk.isFaint;
};

/**
 * Whether all letters of a form that is laid into a place are large enough, are not cut off, and differ from what they lie
 * upon: white paper, or what the form itself has painted before.
 * @throws Fault where it cannot be decoded
 */
export const isLegible = (form: PdfStream, place: Box): boolean => {
  const drawn = coveredBy(form, place);
  const box = boxFromNumbers(numbersAt(form.dict, 'BBox', 4));
  return drawn !== undefined && box !== undefined && !drawn.letters.isFaint && hasInk(form, box);
};
