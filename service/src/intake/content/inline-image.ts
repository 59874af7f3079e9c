import { fromLatin1 } from '@tu-esign/verifier/bytes.ts';
import { Fault } from '@tu-esign/verifier/pdf/fault.ts';
import { PdfArray, PdfDict, PdfStream } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { dictAt, members, numberAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import { PdfName, type PdfObject } from '@tu-esign/verifier/pdf/objects/object.ts';
import type { IndirectObjects } from '@tu-esign/verifier/pdf/objects/indirect-objects.ts';
import { ObjectParser } from '@tu-esign/verifier/pdf/parsing/object-parser.ts';

/** An image within content (ISO 32000-2, 8.9.7): what is said of it, and how many bytes it needs. */
export interface InlineImage {
  dict: PdfDict;
  /** By their whole names. */
  filters: readonly string[];
  /** Bytes when it is decoded; 0 where viewers cannot know, and so read none. */
  needed: number;
  /** Whether viewers may read it differently: it says something twice. */
  twice: boolean;
}

/** Table 91, and 92 and 93 of names. */
const keys: Readonly<Record<string, string>> = {
  BPC: 'BitsPerComponent',
  CS: 'ColorSpace',
  D: 'Decode',
  DP: 'DecodeParms',
  F: 'Filter',
  H: 'Height',
  IM: 'ImageMask',
  I: 'Interpolate',
  L: 'Length',
  W: 'Width',
};
const filterNames: Readonly<Record<string, string>> = {
  AHx: 'ASCIIHexDecode',
  A85: 'ASCII85Decode',
  LZW: 'LZWDecode',
  Fl: 'FlateDecode',
  RL: 'RunLengthDecode',
  CCF: 'CCITTFaxDecode',
  DCT: 'DCTDecode',
};
const spaceSizes: Readonly<Record<string, number>> = {
  G: 1,
  DeviceGray: 1,
  CalGray: 1,
  I: 1,
  Indexed: 1,
  Separation: 1,
  RGB: 3,
  DeviceRGB: 3,
  CalRGB: 3,
  Lab: 3,
  CMYK: 4,
  DeviceCMYK: 4,
};

const own = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

const listOf = (value: PdfObject | undefined): (PdfObject | undefined)[] =>
  value instanceof PdfArray ? members(value) : value === undefined ? [] : [value];

/** How many numbers a colour has (8.6); undefined where it is no space that is known. */
const sizeOf = (space: PdfObject | undefined): number | undefined => {
  const [kind, second] = listOf(space);
  if (!(kind instanceof PdfName)) return undefined;
  if (kind.text === 'ICCBased') return second instanceof PdfStream ? numberAt(second.dict, 'N') : undefined;
  return kind.text === 'DeviceN' ? listOf(second).length : own(spaceSizes, kind.text);
};

const sizeIn = (dict: PdfDict, resources: PdfDict | undefined): number | undefined => {
  const space = dict.lookup('ColorSpace');
  const named = space instanceof PdfName ? own(spaceSizes, space.text) : undefined;
  const spaces = resources && dictAt(resources, 'ColorSpace');
  return named ?? sizeOf(space instanceof PdfName ? spaces?.lookup(space.text) : space);
};

const isMask = (dict: PdfDict): boolean => dict.lookup('ImageMask')?.toString() === 'true';

const neededBy = (dict: PdfDict, resources: PdfDict | undefined): number => {
  const bits = isMask(dict) ? 1 : (numberAt(dict, 'BitsPerComponent') ?? 0) * (sizeIn(dict, resources) ?? 0);
  const [width, height] = [numberAt(dict, 'Width') ?? 0, numberAt(dict, 'Height') ?? 0];
  return Math.max(0, Math.ceil((width * bits) / 8) * height);
};

/** With whole names in place of short ones. */
const spelledOut = (short: PdfDict): { dict: PdfDict; twice: boolean } => {
  const dict = new PdfDict(short.source);
  for (const [key, value] of short.entries()) dict.parsed(new PdfName(own(keys, key) ?? key), value);
  return { dict, twice: short.repeatedKeys.length > 0 || dict.repeatedKeys.length > 0 };
};

/** What stands between BI and ID. @throws Fault */
export const readInlineImage = (
  text: string,
  objects: IndirectObjects,
  resources: PdfDict | undefined,
): InlineImage => {
  const short = new ObjectParser(fromLatin1(`<<${text}\n>>`), objects).parseObject();
  if (!(short instanceof PdfDict)) throw new Fault('An image within content has no dictionary');
  const { dict, twice } = spelledOut(short);
  const named = listOf(dict.lookup('Filter')).map((filter) => (filter instanceof PdfName ? filter.text : ''));
  const filters = named.map((name) => own(filterNames, name) ?? name);
  dict.set(
    'Filter',
    new PdfArray(
      dict.source,
      filters.map((name) => new PdfName(name)),
    ),
  );
  return { dict, filters, needed: neededBy(dict, resources), twice };
};
