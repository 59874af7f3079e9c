import { PdfArray, PdfDict, PdfStream } from '#pdf/objects/containers.ts';
import { nameAt } from '#pdf/objects/entries.ts';
import { PdfName, PdfNumber, type PdfObject } from '#pdf/objects/object.ts';
import { PdfString } from '#pdf/objects/strings.ts';
import { objectAt } from '#changes/revision/references.ts';
import {
  absorb,
  compareEntries,
  dictsOf,
  differs,
  entryOf,
  objectName,
  targetOf,
  valuesOf,
  type Pair,
  type Review,
  type Rule,
} from '#changes/revision/review.ts';
import { partsOf, sameObject } from '#changes/revision/same-object.ts';

const fontOf = /\/([^\s()<>[\]{}/%]+)\s+[-+.\d]+\s+Tf/g;

const unescape = (name: string): string =>
  name.replaceAll(/#([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

const collectFonts = (object: PdfObject | undefined, found: Set<string>): void => {
  const dict = object instanceof PdfStream ? object.dict : object;
  const look = dict instanceof PdfDict ? dict.lookup('DA') : undefined;
  if (look instanceof PdfString) for (const [, name] of look.text().matchAll(fontOf)) found.add(unescape(name!));
  if (object) for (const part of partsOf(object)) collectFonts(part, found);
};

/** Names of fonts that fields and remarks ask for (/DA): who draws them anew looks them up in the form's resources. */
const fontsAskedFor = ({ before, reach }: Review): Set<string> => {
  const found = new Set<string>();
  for (const number of reach.numbers()) {
    try {
      collectFonts(objectAt(before, number), found);
    } catch {
      // What cannot be read is told by itself.
    }
  }
  return found;
};

/** Codes that PDFDocEncoding has other glyphs for than the standard encodings of fonts do (ISO 32000-2, annex D). */
const isBesideLetters = (code: number): boolean => code < 32 || code === 39 || code === 96 || code > 126;

const hasLetters = (encoding: PdfObject | undefined): boolean => {
  if (!(encoding instanceof PdfDict)) return encoding === undefined || encoding instanceof PdfName;
  let code = 0;
  const differences = encoding.lookup('Differences');
  return (differences instanceof PdfArray ? differences.members() : []).every((member) => {
    if (member instanceof PdfNumber) code = member.value;
    else if (!isBesideLetters(code++)) return false;
    return member instanceof PdfNumber || member instanceof PdfName;
  });
};

const latin = /^(?:Helvetica|Courier)(?:-(?:Bold)?(?:Oblique)?)?$|^Times-(?:Roman|Bold|Italic|BoldItalic)$/;

/** What readers draw with where a font is missing: letters are letters in it. */
const isUsualFont = (name: string, font: PdfObject | undefined): boolean => {
  if (!(font instanceof PdfDict) || nameAt(font, 'Subtype') !== 'Type1') return false;
  if (['FontDescriptor', 'ToUnicode'].some((key) => font.has(key))) return false;
  const base = nameAt(font, 'BaseFont') ?? '';
  return latin.test(base) ? hasLetters(font.lookup('Encoding')) : base === 'ZapfDingbats' && name === 'ZaDb';
};

const refuseChange = (review: Review, pair: Pair, detail = 'what was there was changed'): void =>
  review.refuse({ object: targetOf(pair), path: pair.path, detail });

/** One of its kinds of resources. @returns whether it has more now */
const compareCategory = (review: Review, category: Pair): boolean => {
  if (!differs(review, category)) return false;
  const { old, new: now } = valuesOf(review, category);
  if (!(now instanceof PdfDict && (old === undefined || old instanceof PdfDict))) {
    if (old === undefined && now instanceof PdfArray) absorb(review, category.new, category.path);
    else if (!sameObject(old, now)) refuseChange(review, category);
    return false;
  }
  const asked = category.key === 'Font' ? fontsAskedFor(review) : new Set<string>();
  let grown = false;
  for (const [key, value] of now.entries()) {
    const pair = entryOf({ path: category.path, holder: undefined, old, new: now }, key);
    if (sameObject(pair.old, value)) continue;
    if (pair.old) refuseChange(review, pair);
    else if (asked.has(key) && !isUsualFont(key, review.after.objects.lookup(value)))
      refuseChange(review, pair, 'what was there asks for a font of that name');
    absorb(review, value, pair.path);
    grown = true;
  }
  if (old?.entries().some(([key]) => !now.has(key))) refuseChange(review, category);
  return grown;
};

/** Fonts and the like for fields (12.7.3): what is added is named by nothing that was there. */
export const compareResources =
  (review: Review): Rule =>
  (pair) => {
    const dicts = dictsOf(review, pair);
    if (!dicts) return;
    const before = review.unexplained.length;
    let grown = false;
    const rule: Rule = (category) => {
      grown = compareCategory(review, category) || grown;
    };
    const keys = [...(dicts.old?.entries() ?? []), ...(dicts.new?.entries() ?? [])].map(([key]) => key);
    compareEntries(review, dicts, Object.fromEntries(keys.map((key) => [key, rule])));
    if (grown && dicts.old && review.unexplained.length === before)
      review.explain({
        kind: 'form-resources',
        level: 'sign',
        object: objectName(review.after, targetOf(pair)!),
        path: pair.path,
      });
  };
