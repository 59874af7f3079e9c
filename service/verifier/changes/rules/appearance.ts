import { toLatin1 } from '#bytes.ts';
import { boxFromNumbers, transformBox, type Box, type Matrix } from '#pdf/geometry.ts';
import { isLegible } from '#page/legible.ts';
import { widthsOfFont } from '#page/letter-widths.ts';
import { decodeStream } from '#pdf/filters/decode-stream.ts';
import { PdfDict, PdfStream } from '#pdf/objects/containers.ts';
import { dictAt, nameAt, numbersAt } from '#pdf/objects/entries.ts';
import { PdfRef, type PdfObject } from '#pdf/objects/object.ts';
import { PdfString } from '#pdf/objects/strings.ts';
import {
  absorb,
  compareEntries,
  dictsOf,
  differs,
  targetOf,
  valuesOf,
  type Pair,
  type Review,
} from '#changes/revision/review.ts';
import { shownToSome } from './same-for-all.ts';
import { shownText } from './shown-text.ts';
import type { KnownField } from './known-field.ts';

/** How much larger than its place an appearance may be drawn: viewers scale it into the place. */
const mostScale = 2;
const tolerance = 2;

const sizeOf = ({ left, right, bottom, top }: Box): [number, number] => [right - left, top - bottom];

/** The rectangle of a widget; undefined where it has none that is seen. */
export const placeOf = (widget: PdfDict): Box | undefined => {
  const box = boxFromNumbers(numbersAt(widget, 'Rect', 4));
  return box && sizeOf(box).every((length) => length > 0) ? box : undefined;
};

const matrixOf = (form: PdfDict): Matrix | undefined => {
  if (!form.has('Matrix')) return [1, 0, 0, 1, 0, 0];
  return numbersAt(form, 'Matrix', 6) as Matrix | undefined;
};

/** White space and comments are short. */
const mostOfNothing = 1_000;

/** Whether a form XObject has nothing but white space and a comment. */
export const drawsNothing = (form: PdfStream): boolean => {
  try {
    const content = decodeStream(form);
    return content.length <= mostOfNothing && /^\s*(?:%[^\r\n]*\s*)?$/.test(toLatin1(content));
  } catch {
    return false;
  }
};

/** What is wrong with how a form XObject is laid into a widget's rectangle (ISO 32000-2, 12.5.5), if anything. */
const faultOfPlacing = (stream: PdfStream, place: Box | undefined): string | undefined => {
  const form = stream.dict;
  const [box, matrix] = [boxFromNumbers(numbersAt(form, 'BBox', 4)), matrixOf(form)];
  if (!box || !matrix) return 'the appearance has no bounds';
  const [width, height] = sizeOf(transformBox(matrix, box));
  const isSound = Number.isFinite(width) && Number.isFinite(height);
  if (!isSound) return 'the appearance has no bounds';
  if (!place) return undefined;
  // Readers differ in how they scale what has no extent; where nothing is drawn it is nothing to them.
  if (width <= 0 || height <= 0) return drawsNothing(stream) ? undefined : 'the appearance has no bounds';
  const [across, up] = sizeOf(place);
  const isLarger = width > mostScale * across + tolerance || height > mostScale * up + tolerance;
  return isLarger ? 'the appearance is larger than its rectangle' : undefined;
};

/** Looks at a new appearance of a widget that lies in this place, and claims what it is made of. */
export const checkAppearance = (
  review: Review,
  { pair, place, field }: { pair: Pair; place: Box | undefined; field: string },
): PdfStream | undefined => {
  const { new: form } = valuesOf(review, pair);
  const refuse = (detail: string): undefined =>
    review.refuse({ object: targetOf(pair), path: pair.path, field, detail });
  if (!(form instanceof PdfStream) || nameAt(form.dict, 'Subtype') !== 'Form')
    return refuse('the appearance is no form XObject');
  absorb(review, form, pair.path, targetOf(pair));
  const fault = faultOfPlacing(form, place) ?? shownToSome(form);
  return fault ? refuse(fault) : form;
};

const letters = (text: string): string => text.normalize('NFKC').replaceAll(/[^\p{L}\p{N}]/gu, '');

/** What a form says that is laid into a place: where nobody sees that it is nothing. */
const says = (form: PdfStream, value: PdfObject | undefined, place: Box | undefined): 'value' | 'other' | 'unknown' => {
  const shown = shownText(form);
  if (shown === undefined || (place && !isLegible(form, place))) return 'unknown';
  if (!(value === undefined || value instanceof PdfString)) return 'unknown';
  return letters(shown) === letters(value?.text() ?? '') ? 'value' : 'other';
};

/** Fonts that come with it, whose letters may look like others. */
const hasNewShapes = ({ reach }: Review, form: PdfStream): boolean => {
  const resources = dictAt(form.dict, 'Resources');
  const fonts = resources && dictAt(resources, 'Font');
  return (fonts?.entries() ?? []).some(([key, font]) => {
    const isKnown = font instanceof PdfRef && reach.has(font.number);
    return !isKnown && widthsOfFont(fonts!.lookup(key)).ownShapes;
  });
};

const compareNormal = (review: Review, field: KnownField, pair: Pair): void => {
  if (!differs(review, pair)) return;
  const { context, dicts } = field;
  const place = dicts.new && placeOf(dicts.new);
  const form = checkAppearance(review, { pair, place, field: context.name });
  if (!form || context.valueChanged) return;
  if (says(form, context.value, place) === 'value' && !hasNewShapes(review, form)) return;
  review.refuse({
    object: targetOf(pair),
    path: pair.path,
    field: context.name,
    detail: 'it is drawn anew, and its value is what it was',
  });
};

/** The appearance of a field that is filled in. Only the normal one: others are seen under the pointer alone. */
export const compareAppearance = (review: Review, { pair, field }: { pair: Pair; field: KnownField }): void => {
  const dicts = dictsOf(review, pair);
  if (!dicts) return;
  if (!dicts.new)
    return review.refuse({
      object: field.ref.number,
      path: pair.path,
      field: field.context.name,
      detail: 'it was removed',
    });
  compareEntries(review, dicts, { N: (normal) => compareNormal(review, field, normal) });
};

/** Whether a field shows something else than it says, as far as that can be read. */
export const showsOther = ({ dicts, context }: KnownField): boolean => {
  const appearance = dicts.new?.lookup('AP');
  const form = appearance instanceof PdfDict ? appearance.lookup('N') : undefined;
  const place = dicts.new && placeOf(dicts.new);
  return form instanceof PdfStream && context.value !== undefined && says(form, context.value, place) !== 'value';
};
