import { toLatin1 } from '@tu-esign/verifier/bytes.ts';
import { decodeStream } from '@tu-esign/verifier/pdf/filters/decode-stream.ts';
import { PdfArray, PdfDict, PdfStream } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { arrayAt, asNumber, dictAt, nameAt, numberAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import { PdfName, type PdfObject } from '@tu-esign/verifier/pdf/objects/object.ts';

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

/** The widest glyph of a composite font: /DW, and what /W names in arrays or for ranges (9.7.4.3). */
const widest = (descendant: PdfDict): number => {
  const inW: number[] = [];
  for (const entry of firstMembers(arrayAt(descendant, 'W'), mostEntries)) {
    const left = mostWidths - inW.length;
    if (entry instanceof PdfArray) for (const width of firstMembers(entry, left)) inW.push(numberOf(width));
  }
  return Math.max(numberAt(descendant, 'DW') ?? 1000, 1000, ...inW, ...rangeWidths(descendant)) / 1000;
};

/** The third of each three numbers; where arrays stand between them, the one behind two codes. */
const rangeWidths = (descendant: PdfDict): number[] => {
  const widths: number[] = [];
  let codes = 0;
  for (const entry of firstMembers(arrayAt(descendant, 'W'), mostEntries)) {
    if (entry instanceof PdfArray) codes = 0;
    else if (codes < 2) codes += 1;
    else {
      codes = 0;
      if (widths.length < mostWidths) widths.push(numberOf(entry));
    }
  }
  return widths;
};

/** Encodings whose codes all have two bytes; of others, each byte may be one (9.7.5.2). */
const ofTwoBytes = /^(?:Identity|Uni[A-Za-z0-9]+-(?:UCS2|UTF16)(?:-HW)?)-H$/;

const isVerticalMap = (map: PdfStream): boolean => {
  if (numberAt(map.dict, 'WMode') === 1 || (nameAt(map.dict, 'UseCMap') ?? '').endsWith('V')) return true;
  const bytes = decodeStream(map);
  return /\/WMode\s+1\b|-V\s+usecmap/.test(toLatin1(bytes, 0, bytes.length));
};

/** Undefined for text that runs from top to bottom, or by a map that cannot be known: it may be anywhere. */
const bytesPerCode = (font: PdfDict): 1 | 2 | undefined => {
  const encoding = font.lookup('Encoding');
  if (encoding instanceof PdfStream) return isVerticalMap(encoding) ? undefined : 1;
  const name = encoding instanceof PdfName ? encoding.text : '';
  if (ofTwoBytes.test(name)) return 2;
  return /(?:^|-)H$/.test(name) ? 1 : undefined;
};

const compositeFont = (font: PdfDict): FontExtent | undefined => {
  const bytes = bytesPerCode(font);
  if (bytes === undefined) return undefined;
  const descendant = arrayAt(font, 'DescendantFonts')?.lookup(0);
  const most = descendant instanceof PdfDict ? widest(descendant) : unknown;
  return { bytesPerCode: bytes, widthOf: (string) => Math.ceil(string.length / bytes) * most };
};

const extents = new WeakMap<PdfDict, FontExtent | undefined>();

const read = (font: PdfDict): FontExtent | undefined => {
  const extent = nameAt(font, 'Subtype') === 'Type0' ? compositeFont(font) : simpleFont(font);
  extents.set(font, extent);
  return extent;
};

/** Undefined where the extent cannot be known: no such font, Type 3, whose glyphs draw where they like, or vertical text. */
export const fontExtent = (resources: PdfDict | undefined, name: string): FontExtent | undefined => {
  const fonts = resources && dictAt(resources, 'Font');
  const font = fonts && dictAt(fonts, name);
  if (!font || nameAt(font, 'Subtype') === 'Type3') return undefined;
  return extents.has(font) ? extents.get(font) : read(font);
};
