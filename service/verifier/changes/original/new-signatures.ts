import { boxFromNumbers, visibleBox } from '#pdf/geometry.ts';
import { PdfDict, PdfStream } from '#pdf/objects/containers.ts';
import { arrayAt, dictAt, members, nameAt, numbersAt } from '#pdf/objects/entries.ts';
import { PdfName, PdfRef, type PdfObject } from '#pdf/objects/object.ts';
import type { Page } from '#pdf/page-tree.ts';
import { drawsNothing } from '#changes/rules/appearance.ts';
import { faultOfPlace } from '#changes/rules/covered-place.ts';
import { createHiddenText, type DrawnWidget } from '#changes/rules/hidden-text.ts';
import type { Twins } from './twins.ts';

/** A field's type and value may be its parent's (ISO 32000-2, 12.7.4.1). */
const fieldEntry = (widget: PdfDict, key: string): PdfObject | undefined =>
  widget.lookup(key) ?? dictAt(widget, 'Parent')?.lookup(key);

const isSignature = (annotation: PdfObject | undefined): annotation is PdfDict => {
  if (!(annotation instanceof PdfDict) || nameAt(annotation, 'Subtype') !== 'Widget') return false;
  const type = fieldEntry(annotation, 'FT');
  return type instanceof PdfName && type.text === 'Sig';
};

const isSigned = (widget: PdfDict): boolean => fieldEntry(widget, 'V') !== undefined;

/** It looks the same always: others are seen under the pointer alone. */
const hasOneLook = (widget: PdfDict, old: PdfDict | undefined, twins: Twins): boolean => {
  const look = dictAt(widget, 'AP');
  const before = old && dictAt(old, 'AP');
  const isFurther = look
    ?.entries()
    .some(([key, own]) => key !== 'N' && !(before && twins.areTwins(before.get(key), own)));
  return !isFurther && (look === undefined || look.lookup('N') instanceof PdfStream);
};

/** What is done to an empty field when it is signed. */
const whenSigned = new Set(['V', 'AP', 'F', 'M', 'MK', 'DA', 'P', 'Ff', 'AS']);

const isSignedNow = (before: PdfObject | undefined, after: PdfObject | undefined, twins: Twins): boolean =>
  isSignature(before) &&
  isSignature(after) &&
  !isSigned(before) &&
  isSigned(after) &&
  hasOneLook(after, before, twins) &&
  twins.areAlike(before, after, whenSigned);

const acts = (widget: PdfDict): boolean => ['A', 'AA', 'OC'].some((key) => fieldEntry(widget, key) !== undefined);

const isNewSignature = (annotation: PdfObject | undefined, twins: Twins): annotation is PdfDict =>
  isSignature(annotation) && isSigned(annotation) && !acts(annotation) && hasOneLook(annotation, undefined, twins);

const areaOf = (numbers: number[] | undefined): number => {
  const box = boxFromNumbers(numbers);
  return box ? (box.right - box.left) * (box.top - box.bottom) : 0;
};

/** Signatures that cover most of a page, one or all together, hide it. */
const mostCovered = 0.5;

const coverMost = (annotations: readonly PdfDict[], page: Page): boolean => {
  const { left, right, bottom, top } = visibleBox(page);
  const area = annotations.reduce((sum, annotation) => sum + areaOf(numbersAt(annotation, 'Rect', 4)), 0);
  return area > mostCovered * (right - left) * (top - bottom);
};

/** No object of the original has it. */
const noNumber = -1;

const numberOf = (member: PdfObject | undefined): number => (member instanceof PdfRef ? member.number : noNumber);

/** A signature that was put on a page, as who looks for what it hides sees it. */
const asNew = (dict: PdfDict): DrawnWidget => ({
  number: noNumber,
  old: undefined,
  dict,
  kind: 'new',
  staysBlank: !dict.has('AP') && !dict.has('MK'),
});

const hidesNothing = (before: Page, after: Page, widgets: readonly DrawnWidget[]): boolean => {
  const hidden = createHiddenText();
  return widgets.every(
    (widget) =>
      faultOfPlace(before.dict, after, { ...widget, mayBePlaced: true }) === undefined &&
      hidden.faultOf(before, widget) === undefined,
  );
};

/** Each annotation is there still, in its order; what is new is signatures, which hide nothing. */
export const haveSameAnnotations = (before: Page, after: Page, twins: Twins): boolean => {
  const own = arrayAt(before.dict, 'Annots');
  const was = members(own);
  let at = 0;
  const added: PdfDict[] = [];
  const widgets: DrawnWidget[] = [];
  for (const other of members(arrayAt(after.dict, 'Annots'))) {
    const old = was[at];
    if (at < was.length && twins.areTwins(old, other)) at += 1;
    else if (isSignedNow(old, other, twins)) {
      widgets.push({ number: numberOf(own?.get(at)), old: old as PdfDict, dict: other as PdfDict, kind: 'signed' });
      at += 1;
    } else if (isNewSignature(other, twins)) added.push(other);
    else return false;
  }
  widgets.push(...added.map(asNew));
  return at === was.length && !coverMost(added, after) && hidesNothing(before, after, widgets);
};

/** Signed, or for somebody to sign: nothing is seen of it before. */
const isForSignature = (annotation: PdfObject | undefined, twins: Twins): boolean => {
  if (!isSignature(annotation) || acts(annotation) || !hasOneLook(annotation, undefined, twins)) return false;
  const look = dictAt(annotation, 'AP')?.lookup('N');
  return isSigned(annotation) || !(look instanceof PdfStream) || drawsNothing(look);
};

/** Whether a page shows nothing but signatures. */
export const isForSignatures = (page: Page, twins: Twins): boolean =>
  !['Contents', 'AA', 'Group'].some((key) => page.dict.has(key)) &&
  members(arrayAt(page.dict, 'Annots')).every((annotation) => isForSignature(annotation, twins));
