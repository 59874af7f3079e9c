import { PdfArray, PdfDict } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { arrayAt, asNumber, dictAt, nameAt, numberAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import type { PdfObject } from '@tu-esign/verifier/pdf/objects/object.ts';

/** How far strings of a font reach, in units of the font size; never too short. */
export interface FontExtent {
  widthOf(string: string): number;
  /** Characters of one byte with the code 32 take word spacing (ISO 32000-2, 9.3.3). */
  bytesPerCode: 1 | 2;
}

// A code whose width is not known is taken for an em and a half: wider than letters are.
const unknown = 1.5;

/** Codes of one byte. */
const mostCodes = 256;
/** Entries of /W, and widths in them, that are looked at: many fonts, or entries, may share one long array. */
const mostEntries = 20_000;
const mostWidths = 5_000;

const firstMembers = (array: PdfArray | undefined, most: number): (PdfObject | undefined)[] =>
  Array.from({ length: Math.min(array?.length ?? 0, most) }, (_, index) => array!.lookup(index));

const numberOf = (object: PdfObject | undefined): number => asNumber(object) ?? 0;

const simpleFont = (font: PdfDict): FontExtent => {
  const first = numberAt(font, 'FirstChar') ?? 0;
  const widths = firstMembers(arrayAt(font, 'Widths'), mostCodes).map(numberOf);
  const widthOf = (code: number): number => (widths[code - first] ?? 0) / 1000 || unknown;
  return {
    bytesPerCode: 1,
    widthOf: (string) => Array.from(string, (c) => widthOf(c.charCodeAt(0))).reduce((a, b) => a + b, 0),
  };
};

/** The widest glyph of a composite font: /DW and what /W names in arrays (9.7.4.3). */
const widest = (descendant: PdfDict): number => {
  const inW: number[] = [];
  for (const entry of firstMembers(arrayAt(descendant, 'W'), mostEntries)) {
    const left = mostWidths - inW.length;
    if (entry instanceof PdfArray) for (const width of firstMembers(entry, left)) inW.push(numberOf(width));
  }
  return Math.max(numberAt(descendant, 'DW') ?? 1000, 1000, ...inW) / 1000;
};

const compositeFont = (font: PdfDict): FontExtent => {
  const descendant = arrayAt(font, 'DescendantFonts')?.lookup(0);
  const most = descendant instanceof PdfDict ? widest(descendant) : unknown;
  return { bytesPerCode: 2, widthOf: (string) => Math.ceil(string.length / 2) * most };
};

const extents = new WeakMap<PdfDict, FontExtent>();

const read = (font: PdfDict): FontExtent => {
  const extent = nameAt(font, 'Subtype') === 'Type0' ? compositeFont(font) : simpleFont(font);
  extents.set(font, extent);
  return extent;
};

/** Undefined where the extent cannot be known: no such font, or Type 3, whose glyphs draw where they like. */
export const fontExtent = (resources: PdfDict | undefined, name: string): FontExtent | undefined => {
  const fonts = resources && dictAt(resources, 'Font');
  const font = fonts && dictAt(fonts, name);
  if (!font || nameAt(font, 'Subtype') === 'Type3') return undefined;
  return extents.get(font) ?? read(font);
};
