import { PdfArray, PdfDict } from '#pdf/objects/containers.ts';
import { PdfName, type PdfObject } from '#pdf/objects/object.ts';
import { arrayAt, asNumber, dictAt, nameAt, numberAt } from '#pdf/objects/entries.ts';

/** How wide single letters of a font are, in units of the font size; as near as the file says. */
export interface LetterWidths {
  font: PdfDict | undefined;
  bytesPerCode: 1 | 2;
  widthOf(code: number): number;
  /** Whether its shapes are in the file, and may be anything. */
  ownShapes: boolean;
}

const mostEntries = 20_000;

/** Of the standard fonts, which need not say: near enough. */
const standardWidth = (code: number): number => {
  const letter = String.fromCharCode(code);
  if (/[ijlft.,:;'|!I()[\]/ -]/.test(letter)) return 0.3;
  if (/[mwMW@%]/.test(letter)) return 0.85;
  return /[A-Z&]/.test(letter) ? 0.68 : 0.55;
};

/** Squares and blocks that readers have themselves, by their fonts or by their names (`u25A0`, ZapfDingbats' `a73`). */
const fontsOfShapes = /dingbat|symbol|wingding|webding/i;
const glyphsOfShapes = /block|shade|box|square|rect|^(?:uni|u)2[56]|^[aHg]\d/i;

const namesShapes = (font: PdfDict): boolean => {
  const encoding = dictAt(font, 'Encoding');
  const names = encoding ? (arrayAt(encoding, 'Differences')?.members() ?? []) : [];
  return names.some((name) => name instanceof PdfName && glyphsOfShapes.test(name.text));
};

const hasShapes = (font: PdfDict): boolean => {
  const descriptor = dictAt(font, 'FontDescriptor');
  return (
    fontsOfShapes.test(nameAt(font, 'BaseFont') ?? '') ||
    namesShapes(font) ||
    nameAt(font, 'Subtype') === 'Type3' ||
    ['FontFile', 'FontFile2', 'FontFile3'].some((key) => descriptor?.has(key))
  );
};

const ofSimple = (font: PdfDict): LetterWidths => {
  const first = numberAt(font, 'FirstChar') ?? 0;
  const widths = arrayAt(font, 'Widths');
  const unit =
    nameAt(font, 'Subtype') === 'Type3' ? (asNumber(arrayAt(font, 'FontMatrix')?.lookup(0)) ?? 0.001) : 0.001;
  const widthOf = (code: number): number => {
    const width = asNumber(widths?.lookup(code - first));
    return width === undefined ? standardWidth(code) : width * unit;
  };
  return { font, bytesPerCode: 1, widthOf, ownShapes: hasShapes(font) };
};

/** `c [w …]`, or `c d w` (ISO 32000-2, 9.7.4.3). */
const readW = (descendant: PdfDict): Map<number, number> => {
  const widths = new Map<number, number>();
  const list = arrayAt(descendant, 'W');
  const length = Math.min(list?.length ?? 0, mostEntries);
  for (let at = 0; at + 1 < length;) {
    const [first, next] = [asNumber(list!.lookup(at)) ?? 0, list!.lookup(at + 1)];
    const isList = next instanceof PdfArray;
    const last = isList ? first + next.length - 1 : (asNumber(next) ?? first);
    for (let code = first; code <= Math.min(last, first + mostEntries) && widths.size < mostEntries; code += 1)
      widths.set(code, asNumber(isList ? next.lookup(code - first) : list!.lookup(at + 2)) ?? 1000);
    at += isList ? 2 : 3;
  }
  return widths;
};

const ofComposite = (font: PdfDict): LetterWidths => {
  const descendant = arrayAt(font, 'DescendantFonts')?.lookup(0);
  if (!(descendant instanceof PdfDict)) return unknown;
  const [widths, most] = [readW(descendant), numberAt(descendant, 'DW') ?? 1000];
  return { font, bytesPerCode: 2, widthOf: (code) => (widths.get(code) ?? most) / 1000, ownShapes: true };
};

const unknown: LetterWidths = { font: undefined, bytesPerCode: 1, widthOf: standardWidth, ownShapes: true };

const known = new WeakMap<PdfDict, LetterWidths>();

/** Of a font; what is none may draw anything. */
export const widthsOfFont = (font: PdfObject | undefined): LetterWidths => {
  if (!(font instanceof PdfDict)) return unknown;
  const widths = known.get(font) ?? (nameAt(font, 'Subtype') === 'Type0' ? ofComposite(font) : ofSimple(font));
  known.set(font, widths);
  return widths;
};

export const letterWidths = (resources: PdfDict | undefined, name: string): LetterWidths => {
  const fonts = resources && dictAt(resources, 'Font');
  return widthsOfFont(fonts?.lookup(name));
};
