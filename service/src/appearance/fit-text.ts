import { drawable, measure, type Weight } from './typeface.ts';

export interface FitOptions {
  /** Points. */
  width: number;
  /** Points; the text is set smaller where it must be. */
  size: number;
  /** The smallest size in points, below which the text ends in an ellipsis. */
  least: number;
  lines: number;
  weight: Weight;
}

export interface FittedText {
  size: number;
  lines: string[];
}

/** Breaks at spaces, and within a word that is wider than the line. */
const wrap = (text: string, width: number, weight: Weight): string[] => {
  const lines = [''];
  const fits = (line: string): boolean => measure(line, weight) <= width;
  for (const word of text.split(/(?<=[\s-])/u)) {
    if (lines.at(-1) && !fits((lines.at(-1)! + word).trimEnd())) lines.push('');
    for (const character of word) {
      if (lines.at(-1) && !fits((lines.at(-1)! + character).trimEnd())) lines.push('');
      lines[lines.length - 1] += character;
    }
  }
  return lines.map((line) => line.trim()).filter(Boolean);
};

/** Sets a text into a number of lines, smaller if need be, cut off with an ellipsis in the end. */
export const fitText = (text: string, { width, size, least, lines, weight }: FitOptions): FittedText => {
  const whole = drawable(text, weight);
  for (let own = size; own > least; own *= 0.94) {
    const wrapped = wrap(whole, width / own, weight);
    if (wrapped.length <= lines) return { size: own, lines: wrapped };
  }
  const wrapped = wrap(whole, width / least, weight);
  if (wrapped.length > lines) wrapped[lines - 1] = `${wrapped[lines - 1]!.slice(0, -1)}…`;
  return { size: least, lines: wrapped.slice(0, lines) };
};
