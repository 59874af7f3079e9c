/** A piece of a page's text as pdf.js tells it: where it stands, in points, and how large. */
export interface PlacedText {
  text: string;
  x: number;
  y: number;
  width: number;
  size: number;
  endsLine: boolean;
}

export interface Paragraph {
  text: string;
  isHeading: boolean;
}

interface Line {
  text: string;
  left: number;
  right: number;
  y: number;
  size: number;
}

/** A gap between two pieces of a line that is wider, in ems, parts two columns of a table. */
const columnGap = 1.6;
/** A line that is further below the one before than this many times what is usual begins a paragraph. */
const widerGap = 1.35;
/** A heading is larger than the text by as much. */
const larger = 1.12;
/** A line that ends as much before the others ends its paragraph, as a share of their length. */
const short = 0.12;

/** A page's text in paragraphs, to be set in another width: what was one line after the other becomes one text. */
export function paragraphsOf(pieces: PlacedText[]): Paragraph[] {
  const lines = linesOf(pieces);
  if (lines.length === 0) return [];
  const usual = { size: median(lines.map(({ size }) => size)), gap: usualGap(lines) };
  const right = Math.max(...lines.map((line) => line.right));
  const left = Math.min(...lines.map((line) => line.left));
  const paragraphs: Line[][] = [];
  for (const line of lines) {
    const last = paragraphs.at(-1)?.at(-1);
    const isEnded = last && last.right < right - (right - left) * short && /[.:;!?)]$/.test(last.text);
    if (!last || isEnded || isApart(last, line, usual.gap)) paragraphs.push([line]);
    else paragraphs.at(-1)!.push(line);
  }
  return paragraphs.map((own) => ({ text: joined(own), isHeading: own[0]!.size > usual.size * larger }));
}

function linesOf(pieces: PlacedText[]): Line[] {
  const lines: Line[] = [];
  let isNew = true;
  for (const { text, x, y, width, size, endsLine } of pieces) {
    const last = lines.at(-1);
    if (text.trim() !== '') {
      if (!last || isNew || Math.abs(last.y - y) > size / 2) lines.push({ text, left: x, right: x + width, y, size });
      else {
        last.text += x - last.right > size * columnGap ? ` · ${text}` : spaced(last, text, x - last.right);
        last.right = x + width;
        last.size = Math.max(last.size, size);
      }
      isNew = false;
    }
    isNew ||= endsLine;
  }
  for (const line of lines) line.text = line.text.replaceAll(/\s+/g, ' ').trim();
  return lines;
}

const spaced = ({ text, size }: Line, next: string, gap: number): string =>
  gap > size * 0.15 && !text.endsWith(' ') && !next.startsWith(' ') ? ` ${next}` : next;

const isApart = (before: Line, line: Line, usual: number): boolean =>
  Math.abs(before.size - line.size) > before.size * 0.08 ||
  before.y - line.y > usual * widerGap ||
  before.y < line.y - line.size;

/** Between lines that follow one another, in points. */
function usualGap(lines: Line[]): number {
  const gaps = lines.slice(1).map(({ y }, index) => lines[index]!.y - y);
  return median(gaps.filter((gap) => gap > 0)) || Infinity;
}

const median = (numbers: number[]): number => numbers.toSorted((one, other) => one - other)[numbers.length >> 1] ?? 0;

/** A word that was parted at the end of a line by a soft hyphen is whole again. */
const joined = (lines: Line[]): string =>
  lines
    .reduce((text, line) => (text.endsWith('\u00ad') ? text.slice(0, -1) + line.text : `${text} ${line.text}`), '')
    .trim();
