import { PdfArray, PdfDict, type PdfStream } from '#pdf/objects/containers.ts';
import { arrayAt, nameAt, numbersAt } from '#pdf/objects/entries.ts';
import { PdfName, PdfNumber, PdfRef, type PdfObject } from '#pdf/objects/object.ts';
import { PdfString } from '#pdf/objects/strings.ts';
import {
  absorb,
  compareEntries,
  differs,
  entryOf,
  objectName,
  targetOf,
  valuesOf,
  type Dicts,
  type Pair,
  type Review,
  type Rule,
} from '#changes/revision/review.ts';
import { sameObject } from '#changes/revision/same-object.ts';
import { checkAppearance, drawsNothing, placeOf } from './appearance.ts';
import { readOnly, type KnownField } from './known-field.ts';
import type { FormChanges } from './form-changes.ts';

/** What a new signature field and its widget are made of (ISO 32000-2, 12.7.5.5, 12.5.6.19). No action is among it. */
const keysOfNew = new Set(
  `FT T TU TM Ff V Lock SV DA DR Q Kids Type Subtype Rect P F AP MK Border BS H M NM C Contents StructParent`.split(
    /\s+/,
  ),
);
const keysOfNewWidget = new Set([...keysOfNew, 'Parent']);

/** Flags of an annotation (12.5.3) that are set when it is signed: print, locked, locked contents. */
const whenSigned = 4 | 128 | 512;

/** Where a dictionary stands in the file, by the object that it is part of. */
const standsIn = (review: Review, holder: number): { start: number; end: number } | undefined => {
  const place = review.after.crossReference.places.get(holder);
  if (!place || !('offset' in place)) return undefined;
  return review.after.originOf(review.after.objects.ref(holder, place.generation));
};

/** Whether it is a signature that was made with this very update, over all of the file up to its end. */
const isOfThisUpdate = (review: Review, value: PdfDict, holder: number): boolean => {
  const range = numbersAt(value, 'ByteRange', 4);
  const origin = standsIn(review, holder);
  if (!range || !origin) return false;
  const [start, first, second, last] = range as [number, number, number, number];
  const isInside = origin.start < first && second < origin.end && origin.start >= review.before.bytes.length;
  return start === 0 && isInside && second + last >= review.end;
};

/** A signature's value: new, and of this update. @returns undefined where it is refused */
const readValue = (review: Review, pair: Pair, field: string): PdfDict | undefined => {
  const { new: value } = valuesOf(review, pair);
  const holder = pair.new instanceof PdfRef ? pair.new.number : pair.holder;
  const refuse = (detail: string): undefined =>
    review.refuse({ object: targetOf(pair), path: pair.path, field, detail });
  if (!(value instanceof PdfDict)) return refuse('its value is no signature');
  if (pair.new instanceof PdfRef && review.reach.has(pair.new.number)) return refuse('its value was there before');
  if (holder === undefined || !isOfThisUpdate(review, value, holder))
    return refuse('its value is no signature over this revision');
  // /Data of a reference may name anything, and nothing is read by it (12.8.1).
  absorb(review, value, pair.path);
  return value;
};

interface Signed {
  object: number;
  path: string;
  field: string;
  value: PdfDict;
  isSeen: boolean;
  isNew: boolean;
}

const tellSigned = (review: Review, { object, path, field, value, isSeen, isNew }: Signed): void => {
  const isTimeStamp = nameAt(value, 'SubFilter') === 'ETSI.RFC3161' && !isSeen;
  review.explain({
    kind: isTimeStamp ? 'time-stamp' : 'signature',
    level: isTimeStamp ? 'preserve' : 'sign',
    object: objectName(review.after, object),
    path,
    field,
    ...(isNew && isSeen && { newAndVisible: true }),
  });
};

/** A widget by itself: where it lies, and what it looks like. */
export const checkWidget = (review: Review, dicts: Dicts, field: string): PdfStream | undefined => {
  const { new: widget } = dicts;
  const pair = entryOf(dicts, 'AP');
  const appearance = widget?.lookup('AP');
  if (!(appearance instanceof PdfDict)) return undefined;
  if (pair.new instanceof PdfRef && !review.reach.has(pair.new.number)) review.claim(pair.new.number, {});
  const extra = appearance.entries().find(([key]) => key !== 'N');
  if (extra)
    return review.refuse({
      object: targetOf(pair),
      path: `${pair.path}/${extra[0]}`,
      field,
      detail: 'it has several appearances',
    });
  const normal: Pair = {
    path: `${pair.path}/N`,
    holder: undefined,
    key: 'N',
    old: undefined,
    new: appearance.get('N'),
  };
  return checkAppearance(review, { pair: normal, place: placeOf(widget!), field });
};

const textOf = (object: PdfObject | undefined): string | undefined =>
  object instanceof PdfString ? object.text() : undefined;

/** The one widget of a new field: itself, or its only kid. */
const widgetOf = (review: Review, ref: PdfRef, dict: PdfDict): { ref: PdfRef; dict: PdfDict } | undefined => {
  if (!dict.has('Kids')) return { ref, dict };
  const kid = arrayAt(dict, 'Kids')?.get(0);
  const widget = review.after.objects.lookup(kid);
  const isOnly = arrayAt(dict, 'Kids')?.length === 1;
  if (!isOnly || !(kid instanceof PdfRef && widget instanceof PdfDict) || review.reach.has(kid.number))
    return undefined;
  const isPlain = widget.get('Parent') === ref && widget.entries().every(([key]) => keysOfNewWidget.has(key));
  return isPlain && !widget.has('T') && !widget.has('Kids') && !widget.has('V')
    ? { ref: kid, dict: widget }
    : undefined;
};

/** Any other annotation is drawn by readers as what it says, with its text. Fields that are not seen may be none. */
const isWidget = (dict: PdfDict): boolean => {
  const kinds = [nameAt(dict, 'Type') ?? 'Annot', nameAt(dict, 'Subtype') ?? (dict.has('AP') ? undefined : 'Widget')];
  const areNames = ['Type', 'Subtype'].every((key) => !dict.has(key) || nameAt(dict, key) !== undefined);
  return areNames && kinds[0] === 'Annot' && kinds[1] === 'Widget';
};

/** What is wrong with a new field, if anything. */
const faultOfNew = (changes: FormChanges, dict: PdfDict, name: string): string | undefined => {
  const odd = dict.entries().find(([key]) => !keysOfNew.has(key));
  if (odd) return `/${odd[0]} is not allowed in a new field`;
  if (nameAt(dict, 'FT') !== 'Sig') return 'it is no signature field';
  if (!name || name.includes('.')) return 'it has no name of its own';
  return changes.fields.has(name) ? 'there is a field of that name' : undefined;
};

/** A new field in the form: one for a signature, signed with this very update, or empty and not drawn. */
export const addSignatureField = (
  review: Review,
  changes: FormChanges,
  { member, path }: { member: PdfObject; path: string },
): void => {
  const dict = review.after.objects.lookup(member);
  const object = member instanceof PdfRef ? member.number : undefined;
  if (!(member instanceof PdfRef && dict instanceof PdfDict) || review.reach.has(member.number))
    return review.refuse({ object, path, detail: 'it is no new field' });
  const name = textOf(dict.lookup('T')) ?? '';
  const fault = faultOfNew(changes, dict, name);
  if (fault) return review.refuse({ object, path, field: name, detail: fault });
  changes.fields.add(name);
  const widget = widgetOf(review, member, dict);
  if (!widget) return review.refuse({ object, path, field: name, detail: 'it has not one widget of its own' });
  if (!isWidget(widget.dict)) return review.refuse({ object, path, field: name, detail: 'its place is no widget' });
  review.claim(member.number, {});
  review.claim(widget.ref.number, {});
  return addField(review, changes, { ref: member, dict, widget, name, path });
};

interface NewField {
  ref: PdfRef;
  dict: PdfDict;
  widget: { ref: PdfRef; dict: PdfDict };
  name: string;
  path: string;
}

const addField = (review: Review, changes: FormChanges, { ref, dict, widget, name, path }: NewField): void => {
  const { ref: widgetRef, dict: shown } = widget;
  const dicts: Dicts = { path, holder: undefined, old: undefined, new: dict };
  const isSeen = placeOf(shown) !== undefined;
  for (const key of ['Lock', 'SV', 'MK', 'DR', 'Kids', 'BS', 'Border', 'Rect', 'TU'])
    for (const own of new Set([dict, shown])) absorb(review, own.get(key), `${path}/${key}`);
  const look = checkWidget(review, { ...dicts, new: shown }, name);
  changes.widgets.set(widgetRef.number, {
    number: widgetRef.number,
    field: name,
    path,
    old: undefined,
    dict: shown,
    kind: 'new',
    mayBePlaced: true,
    staysBlank: dict.has('V') && !shown.has('AP') && !shown.has('MK'),
  });
  const isDrawn = shown.has('MK') || (shown.has('AP') && !(look && drawsNothing(look)));
  if (!dict.has('V')) return addEmpty(review, { ref, name, path, isDrawn, isSeen });
  const value = readValue(review, { ...entryOf(dicts, 'V'), holder: ref.number }, name);
  if (value) tellSigned(review, { object: ref.number, path, field: name, value, isSeen, isNew: true });
};

const addEmpty = (
  review: Review,
  { ref, name, path, isDrawn, isSeen }: { ref: PdfRef; name: string; path: string; isDrawn: boolean; isSeen: boolean },
): void => {
  const object = ref.number;
  if (isDrawn) return review.refuse({ object, path, field: name, detail: 'it is not signed, and shows something' });
  return review.explain({
    kind: 'empty-signature-field',
    level: 'sign',
    object: objectName(review.after, object),
    path,
    field: name,
    ...(isSeen && { newAndVisible: true }),
  });
};

const refuse = (review: Review, pair: Pair, field: string, detail: string): void =>
  review.refuse({ object: targetOf(pair), path: pair.path, field, detail });

const compareFlags =
  (review: Review, field: string): Rule =>
  ({ old, new: now, ...pair }) => {
    const [before, after] = [old, now].map((flags) => (flags instanceof PdfNumber ? flags.value : 0)) as [
      number,
      number,
    ];
    if ((before | whenSigned) !== (after | whenSigned) || (before & after) !== before)
      refuse(review, { ...pair, old, new: now }, field, 'its flags were changed');
  };

const compareFieldFlags =
  (review: Review, { context }: KnownField): Rule =>
  (pair) => {
    const isLocked = pair.new instanceof PdfNumber && pair.new.value === (context.flags | readOnly);
    if (!sameObject(pair.old, pair.new) && !isLocked) refuse(review, pair, context.name, 'its flags were changed');
  };

const isPlain = (value: PdfObject | undefined): boolean =>
  value instanceof PdfString ||
  value instanceof PdfNumber ||
  value instanceof PdfName ||
  (value instanceof PdfArray && value.members().every(isPlain)) ||
  (value instanceof PdfDict && value.entries().every(([, own]) => isPlain(own)));

const comparePlain =
  (review: Review, field: string): Rule =>
  (pair) => {
    if (!sameObject(pair.old, pair.new) && !isPlain(pair.new)) refuse(review, pair, field, 'it is no plain value');
  };

const comparePage =
  (review: Review, field: string): Rule =>
  (pair) => {
    const isAdded = pair.old === undefined && pair.new instanceof PdfRef && review.reach.has(pair.new.number);
    if (!sameObject(pair.old, pair.new) && !isAdded) refuse(review, pair, field, 'it is on another page');
  };

const compareAppearance =
  (review: Review, field: KnownField): Rule =>
  (pair) => {
    const { old, new: now } = valuesOf(review, pair);
    if (!now && old) return refuse(review, pair, field.context.name, 'its appearance was removed');
    if (now instanceof PdfDict) replaceAppearance(review, field, { pair, old, now });
    return undefined;
  };

/** Some readers draw one that has no appearance. */
const noteWidget = (changes: FormChanges, { ref: { number }, dicts, context }: KnownField): void => {
  const { path, old, new: dict } = dicts;
  if (dict?.has('Rect') || dict?.has('AP'))
    changes.widgets.set(number, { number, field: context.name, path, old, dict, kind: 'signed', mayBePlaced: true });
};

const replaceAppearance = (
  review: Review,
  { dicts, context }: KnownField,
  { pair, old, now }: { pair: Pair; old: PdfObject | undefined; now: PdfDict },
): void => {
  const extra = now
    .entries()
    .find(([key, value]) => key !== 'N' && !(old instanceof PdfDict && sameObject(old.get(key), value)));
  if (extra) return refuse(review, pair, context.name, 'it has several appearances');
  const holder = pair.old instanceof PdfRef ? pair.old.number : pair.holder;
  const before = old instanceof PdfDict ? old.get('N') : undefined;
  const normal: Pair = { path: `${pair.path}/N`, holder, key: 'N', old: before, new: now.get('N') };
  const isNew = normal.new !== undefined && differs(review, normal);
  if (isNew) checkAppearance(review, { pair: normal, place: dicts.new && placeOf(dicts.new), field: context.name });
  return undefined;
};

/** A signature field that was there: it is signed with this very update, or stays as it was. */
export const signField = (review: Review, changes: FormChanges, field: KnownField): void => {
  const { ref, dicts, context } = field;
  const pair = entryOf(dicts, 'V');
  // A widget of a field has no value of its own, and is drawn when the field is signed.
  const isSigned = pair.old !== undefined;
  const Ff = compareFieldFlags(review, field);
  // Kids that were there are compared one by one; a field that had none gets none.
  const Kids: Rule = (kids) => (kids.old ? undefined : refuse(review, kids, context.name, 'it has kids now'));
  const untouched: Record<string, Rule> = { Ff, Kids };
  if (isSigned || !context.valueChanged) return compareEntries(review, dicts, untouched);
  if (context.flags & readOnly) return refuse(review, pair, context.name, 'it is read-only');
  const plain = comparePlain(review, context.name);
  noteWidget(changes, field);
  compareEntries(review, dicts, {
    ...untouched,
    F: compareFlags(review, context.name),
    P: comparePage(review, context.name),
    AP: compareAppearance(review, field),
    Type: plain,
    M: plain,
    MK: plain,
    DA: plain,
    BS: plain,
    Border: plain,
    V: (value) => {
      const found = readValue(review, value, context.name);
      const isSeen = dicts.new !== undefined && placeOf(dicts.new) !== undefined;
      const signed = { object: ref.number, path: dicts.path, field: context.name, isSeen, isNew: false };
      if (found) tellSigned(review, { ...signed, value: found });
    },
  });
};
