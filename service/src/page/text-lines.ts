import { glyphsOn } from '@tu-esign/verifier/page/letters.ts';
import type { Glyph } from '@tu-esign/verifier/page/drawing.ts';
import { transform, viewOf, type Point } from '@tu-esign/verifier/pdf/geometry.ts';
import type { PdfDict } from '@tu-esign/verifier/pdf/objects/containers.ts';
import type { Page } from '@tu-esign/verifier/pdf/page-tree.ts';
import { readerOf, type ReadString } from './font-text.ts';

/** What is said by one glyph, and where that stands: in points as shown. */
export interface Said {
  text: string;
  /** Of its base line. */
  from: Point;
  to: Point;
  above: Point;
  /** By which text of one line is put together: its direction, how high the line is, how far along it, how large it is. */
  turn: number;
  height: number;
  along: number;
  size: number;
}

const distance = ([x, y]: Point, [u, v]: Point): number => Math.hypot(u - x, v - y);

/** From the way up, which every glyph has, also one without a width. */
const directionOf = (from: Point, above: Point): number => {
  const up = Math.atan2(above[1] - from[1], above[0] - from[0]);
  return up - Math.PI / 2;
};

const degrees = (radians: number): number => ((Math.round((radians * 180) / Math.PI) % 360) + 360) % 360;

const toSaid = (text: string, [from, to, above]: [Point, Point, Point]): Said => {
  const direction = directionOf(from, above);
  const [cos, sin] = [Math.cos(direction), Math.sin(direction)];
  const [x, y] = from;
  const place = { turn: degrees(direction), height: y * cos - x * sin, along: x * cos + y * sin };
  return { text, from, to, above, size: distance(from, above), ...place };
};

const createReaders = () => {
  const known = new Map<PdfDict | undefined, ReadString>();
  return ({ font, code }: Glyph): string => {
    const read = known.get(font) ?? readerOf(font);
    known.set(font, read);
    return read(code) ?? '';
  };
};

/** Of two that say the same in one place, as when letters are made bold by showing them twice, one says it. */
const isRepeated = (said: Said, before: readonly Said[]): boolean =>
  before.some((other) => other.text === said.text && distance(other.from, said.from) < 0.12 * said.size);

/** So far back one that is shown again is looked for: letters, or whole lines. */
const lookBack = 200;

/** All that a page says, glyph by glyph, as it is shown; nothing where that cannot be told. */
export const saidOn = (page: Page): Said[] => {
  const { toView, width, height } = viewOf(page);
  const read = createReaders();
  const found: Said[] = [];
  for (const glyph of glyphsOn(page) ?? []) {
    const text = read(glyph);
    const [from, to, above] = [glyph.from, glyph.to, glyph.above].map((point) => transform(toView, point));
    const isInside = from![0] >= -1 && from![1] >= -1 && from![0] <= width + 1 && from![1] <= height + 1;
    if (!text.trim() || !isInside) continue;
    const said = toSaid(text, [from!, to!, above!]);
    if (!isRepeated(said, found.slice(-lookBack))) found.push(said);
  }
  return found;
};

const onOneLine = (one: Said, other: Said): boolean =>
  Math.abs(one.height - other.height) < 0.4 * Math.max(one.size, other.size);

/** From the top down, in one direction. */
const linesOf = (said: Said[]): Said[][] => {
  const lines: Said[][] = [];
  for (const one of said.toSorted((a, b) => b.height - a.height)) {
    const last = lines.at(-1);
    if (last && onOneLine(last[0]!, one)) last.push(one);
    else lines.push([one]);
  }
  return lines.map((line) => line.toSorted((a, b) => a.along - b.along));
};

/** The same in the order of reading: upright text first, each direction line by line. */
export const inReadingOrder = (said: readonly Said[]): Said[] => {
  const turns = Map.groupBy(said, ({ turn }) => turn);
  return [...turns]
    .sort(([one], [other]) => one - other)
    .flatMap(([, own]) => linesOf(own))
    .flat();
};
