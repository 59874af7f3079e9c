import { pointAt } from './ink/bezier.ts';
import { emptyCoverage, fillContours, type Drawing } from './ink/raster.ts';
import type { Outlines } from './faces/outlines.ts';

/** A text in a face: each letter's outline and where it stands, in thousandths of an em. */
export interface Lettering {
  letters: { x: number; path: string }[];
  width: number;
  /** What the face has no letter for. */
  missing: string[];
}

/** Sets a text letter by letter; what the face lacks leaves a gap and is told. */
export function letter(text: string, outlines: Outlines): Lettering {
  const lettering: Lettering = { letters: [], width: 0, missing: [] };
  for (const character of text.normalize('NFC')) {
    const outline = outlines[character];
    if (outline) lettering.letters.push({ x: lettering.width, path: outline[1] });
    else lettering.missing.push(character);
    lettering.width += outline?.[0] ?? 300;
  }
  return lettering;
}

/** From the highest flourish to the lowest, in thousandths of an em; handwriting reaches far. */
export const extent = { above: 1_250, below: 650, beside: 350 };

/** CSS pixels to the em. */
const size = 56;
/** Pixels: as wide as an autograph need be. */
const widest = 2_000;

/** How many pixels of a picture at such a scale a thousandth of an em is. */
export const unitOf = ({ width }: Lettering, scale: number): number =>
  Math.min((size * scale) / 1_000, widest / (width + 2 * extent.beside));

/** The outermost of its ink, in thousandths of an em from where its line begins. */
export function boundsOfLettering({ letters }: Lettering): Bounds {
  const numbers = letters.flatMap(({ x, path }) => flatten(path, { x, y: 0, unit: 1 })).flat();
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (let at = 0; at < numbers.length; at += 2) {
    const [x, y] = [numbers[at]!, numbers[at + 1]!];
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y);
  }
  return box;
}

interface Bounds {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** The text as something to be drawn at any scale. */
export function drawingOf(lettering: Lettering): Drawing {
  const { letters, width } = lettering;
  const units = width + 2 * extent.beside;
  const unitAt = (scale: number) => unitOf(lettering, scale);
  const sizeAt = (scale: number) => ({
    width: Math.ceil(units * unitAt(scale)),
    height: Math.ceil((extent.above + extent.below) * unitAt(scale)),
  });
  const drawAt = (scale: number) => {
    const coverage = emptyCoverage(sizeAt(scale));
    const origin = { y: extent.above, unit: unitAt(scale) };
    const contours = letters.flatMap(({ x, path }) => flatten(path, { ...origin, x: x + extent.beside }));
    fillContours(coverage, contours);
    return coverage;
  };
  return { sizeAt, drawAt };
}

/** Where a letter begins, in thousandths of an em, and how many pixels one of them is. */
interface LetterPlace {
  x: number;
  y: number;
  unit: number;
}

/** Straight pieces in place of one curve: letters are small. */
const pieces = 8;

/** The contours of an SVG path of M, L, Q, C and Z (absolute), in pixels. */
function flatten(path: string, { x, y, unit }: LetterPlace): number[][] {
  const contours: number[][] = [];
  let points: number[] = [];
  for (const [, command, rest] of path.matchAll(/([MLQCZ])([^MLQCZ]*)/g)) {
    const numbers = (rest!.match(/-?[\d.]+/g) ?? []).map(Number);
    if (command === 'M') contours.push((points = numbers));
    else if (command === 'L') points.push(...numbers);
    else if (command !== 'Z') points.push(...curve([...points.slice(-2), ...numbers]));
  }
  return contours.map((contour) => contour.map((value, at) => (value + (at % 2 === 0 ? x : y)) * unit));
}

/** A quadratic curve is a cubic one, with its one control point shared. */
function curve(points: number[]): number[] {
  const cubic = points.length === 8 ? points : raise(points);
  return Array.from({ length: pieces }, (_, piece) => pointAt(cubic, (piece + 1) / pieces)).flat();
}

const third = (end: number, control: number) => end + (2 / 3) * (control - end);

function raise([x0, y0, x1, y1, x2, y2]: number[]): number[] {
  return [x0!, y0!, third(x0!, x1!), third(y0!, y1!), third(x2!, x1!), third(y2!, y1!), x2!, y2!];
}
