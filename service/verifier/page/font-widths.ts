import { PdfArray, type PdfDict } from '#pdf/objects/containers.ts';
import { arrayAt, asNumber, numberAt } from '#pdf/objects/entries.ts';
import type { PdfObject } from '#pdf/objects/object.ts';

/** How far something may reach, in either direction. */
export interface Range {
  least: number;
  most: number;
}

export const rangeOf = (numbers: Iterable<number>): Range => {
  let [least, most] = [Infinity, -Infinity];
  for (const number of numbers) {
    if (number < least) least = number;
    if (number > most) most = number;
  }
  return { least, most };
};

const join = (one: Range, other: Range): Range => ({
  least: Math.min(one.least, other.least),
  most: Math.max(one.most, other.most),
});

/** Each is read once: many fonts, or entries, may share one long array. */
const read = new WeakMap<PdfArray, Range>();

const inArray = (array: PdfArray): Range => {
  const known = read.get(array);
  if (known) return known;
  const found = rangeOf(membersOf(array).map((member) => asNumber(member) ?? 0));
  read.set(array, found);
  return found;
};

const membersOf = (array: PdfArray): (PdfObject | undefined)[] =>
  Array.from({ length: array.length }, (_, index) => array.lookup(index));

/** A code and an array of widths, or two codes and the width of all between them (ISO 32000-2, 9.7.4.3). */
const inW = (array: PdfArray): Range => {
  const known = read.get(array);
  if (known) return known;
  let found = rangeOf([]);
  let codes = 0;
  for (const entry of membersOf(array)) {
    if (entry instanceof PdfArray || codes === 2) {
      found = join(found, entry instanceof PdfArray ? inArray(entry) : rangeOf([asNumber(entry) ?? 0]));
      codes = 0;
    } else codes += 1;
  }
  read.set(array, found);
  return found;
};

/** The narrowest and the widest glyph of a composite font, in units of the font size; one em at least is the widest. */
export const compositeWidths = (descendant: PdfDict): Range => {
  const array = arrayAt(descendant, 'W');
  const usual = numberAt(descendant, 'DW') ?? 1000;
  const { least, most } = join(rangeOf([usual, 1000]), array ? inW(array) : rangeOf([]));
  return { least: least / 1000, most: most / 1000 };
};
