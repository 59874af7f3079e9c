import { clustersOf, ellipsis, type Lettering, type Line } from './lettering.ts';

export interface FitOptions {
  /** Points. */
  width: number;
  /** Points; the text is set smaller where it must be. */
  size: number;
  /** The smallest size in points, below which the text ends in an ellipsis. */
  least: number;
  lines: number;
}

export interface FittedText {
  size: number;
  lines: string[];
}

type Fits = (line: string) => boolean;

/** Breaks within a word that is wider than a line: never between a character and its marks. */
const breakWord = (lines: string[], word: string, fits: Fits): void => {
  for (const cluster of clustersOf(word)) {
    if (lines.at(-1) && !fits((lines.at(-1)! + cluster).trimEnd())) lines.push('');
    lines[lines.length - 1] += cluster;
  }
};

/** Breaks at spaces, and within a word that is wider than the line. */
const wrap = (text: string, fits: Fits): string[] => {
  const lines = [''];
  for (const word of text.split(/(?<=[\s-])/u)) {
    if (lines.at(-1) && !fits((lines.at(-1)! + word).trimEnd())) lines.push('');
    if (fits((lines.at(-1)! + word).trimEnd())) lines[lines.length - 1] += word;
    else breakWord(lines, word, fits);
  }
  return lines.map((line) => line.trim()).filter(Boolean);
};

/** As much of a line as fits together with an ellipsis. */
const cut = (line: string, fits: Fits): string => {
  const clusters = clustersOf(line);
  while (clusters.length > 0 && !fits(clusters.join('') + ellipsis)) clusters.pop();
  return clusters.join('') + ellipsis;
};

/** Sets a text into a number of lines, smaller if need be, cut off with an ellipsis in the end. */
export const fitText = (lettering: Lettering, line: Line, { width, size, least, lines }: FitOptions): FittedText => {
  const whole = lettering.drawable(line);
  const fitsAt =
    (own: number): Fits =>
    (text) =>
      lettering.measure({ text, weight: line.weight }) * own <= width;
  for (let own = size; own > least; own *= 0.94) {
    const wrapped = wrap(whole, fitsAt(own));
    if (wrapped.length <= lines) return { size: own, lines: wrapped };
  }
  const fits = fitsAt(least);
  const wrapped = wrap(whole, fits);
  if (wrapped.length > lines) wrapped[lines - 1] = cut(wrapped[lines - 1]!, fits);
  return { size: least, lines: wrapped.slice(0, lines) };
};
