import { toLatin1 } from '#bytes.ts';
import { decodeStream } from '#pdf/filters/decode-stream.ts';
import { PdfDict, PdfStream } from '#pdf/objects/containers.ts';
import { arrayAt, asNumber, dictAt, nameAt, numberAt } from '#pdf/objects/entries.ts';
import { PdfName } from '#pdf/objects/object.ts';
import { compositeWidths, rangeOf, type Range } from './font-widths.ts';

/** What is added to each character, and to each space of one byte, in units of text space (ISO 32000-2, 9.3.2, 9.3.3). */
export interface Spacing {
  fontSize: number;
  characterSpacing: number;
  wordSpacing: number;
}

/** How far a string goes, and may have come on its way; never too short. */
export interface Extent {
  /** Where its end may be. */
  end: Range;
  /** Between which all of it is, its start at 0 among it. */
  reached: Range;
}

/** Tells how far strings of a font reach. */
export type FontExtent = (string: string, spacing: Spacing) => Extent;

// A code whose width is not known is taken for an em and a half: wider than letters are.
const unknown = 1.5;

const space = 32;

/** Codes of one byte. */
const mostCodes = 256;

const widthsOf = (font: PdfDict): Range[] => {
  const first = numberAt(font, 'FirstChar') ?? 0;
  const descriptor = dictAt(font, 'FontDescriptor');
  const missing = {
    least: 0,
    most: Math.max(unknown, ((descriptor && numberAt(descriptor, 'MissingWidth')) ?? 0) / 1000),
  };
  const widths = arrayAt(font, 'Widths');
  return Array.from({ length: mostCodes }, (_, code) => {
    const width = (asNumber(widths?.lookup(code - first)) ?? 0) / 1000;
    return width === 0 ? missing : { least: width, most: width };
  });
};

/** Code by code: some go back, by their width or for the spacing. */
const simpleFont = (font: PdfDict): FontExtent => {
  const widths = widthsOf(font);
  return (string, { fontSize, characterSpacing, wordSpacing }) => {
    const end = { least: 0, most: 0 };
    const reached = { least: 0, most: 0 };
    for (let at = 0; at < string.length; at += 1) {
      const code = string.charCodeAt(at) % mostCodes;
      const spacing = characterSpacing + (code === space ? wordSpacing : 0);
      const { least, most } = rangeOf([widths[code]!.least * fontSize, widths[code]!.most * fontSize]);
      // A glyph is where it is before the spacing behind it.
      reached.least = Math.min(reached.least, end.least, end.least + least);
      reached.most = Math.max(reached.most, end.most, end.most + most);
      end.least += least + spacing;
      end.most += most + spacing;
    }
    return { end, reached };
  };
};

/** Encodings whose codes all have two bytes; of others, each byte may be one, or four (9.7.5.2). */
const ofTwoBytes = /^(?:Identity|Uni[A-Za-z0-9]+-(?:UCS2|UTF16)(?:-HW)?)-H$/;

const isVerticalMap = (map: PdfStream): boolean => {
  if (numberAt(map.dict, 'WMode') === 1 || (nameAt(map.dict, 'UseCMap') ?? '').endsWith('V')) return true;
  if (map.dict.lookup('UseCMap') instanceof PdfStream) return true;
  const bytes = decodeStream(map);
  return /\/WMode\s+1\b|-V\s+usecmap/.test(toLatin1(bytes, 0, bytes.length));
};

/** How many bytes a code has, where that is known. */
interface Codes {
  bytes: 2 | undefined;
}

/** Undefined for text that runs from top to bottom, or by a map that cannot be known: it may be anywhere. */
const codesOf = (font: PdfDict): Codes | undefined => {
  const encoding = font.lookup('Encoding');
  if (encoding instanceof PdfStream) return isVerticalMap(encoding) ? undefined : { bytes: undefined };
  const name = encoding instanceof PdfName ? encoding.text : '';
  if (ofTwoBytes.test(name)) return { bytes: 2 };
  return /(?:^|-)H$/.test(name) ? { bytes: undefined } : undefined;
};

const add = (one: Range, other: Range): Range => ({ least: one.least + other.least, most: one.most + other.most });

const fromStart = ({ least, most }: Range): Range => rangeOf([0, least, most]);

const spacesIn = (string: string): number => string.split(' ').length - 1;

/** By the narrowest and the widest glyph, and by the fewest and the most codes. */
const compositeFont = (font: PdfDict): FontExtent | undefined => {
  const codes = codesOf(font);
  const descendant = arrayAt(font, 'DescendantFonts')?.lookup(0);
  if (!codes || !(descendant instanceof PdfDict)) return undefined;
  const widths = compositeWidths(descendant);
  return (string, { fontSize, characterSpacing, wordSpacing }) => {
    const counts = codes.bytes ? [Math.ceil(string.length / 2)] : [Math.ceil(string.length / 4), string.length];
    const each = [widths.least, widths.most].map((width) => width * fontSize + characterSpacing);
    const byCodes = (fewer: number): Range =>
      rangeOf(counts.flatMap((count) => each.map((one) => one * (count - fewer))));
    // Spaces are of one byte where a code is.
    const spaces = codes.bytes ? [0] : [0, spacesIn(string) * wordSpacing];
    const glyph = rangeOf([0, widths.least * fontSize, widths.most * fontSize]);
    // Its spaces may stand at its beginning, and its last glyph is where it is before the spacing behind it.
    const begun = add(fromStart(byCodes(1)), fromStart(rangeOf(spaces)));
    return { end: add(byCodes(0), rangeOf(spaces)), reached: add(begun, glyph) };
  };
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
