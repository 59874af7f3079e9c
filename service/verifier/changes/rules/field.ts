import { PdfArray, PdfDict } from '#pdf/objects/containers.ts';
import { members, nameAt } from '#pdf/objects/entries.ts';
import { PdfName, PdfNumber, type PdfObject } from '#pdf/objects/object.ts';
import { PdfString } from '#pdf/objects/strings.ts';
import {
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
import { keysOf, sameObject } from '#changes/revision/same-object.ts';
import { compareAppearance, showsOther } from './appearance.ts';
import type { FormChanges } from './form-changes.ts';
import { readOnly, type FieldContext, type KnownField } from './known-field.ts';
import { signField } from './signature-field.ts';

/** By what other objects refer to a field or widget: none of them shows more of it than its own appearance. */
export const usualKeys = ['Fields', 'Kids', 'Annots', 'Parent', 'Obj', 'CO', 'T', 'Popup'];

/** Bit of /Ff (12.7.5.2). */
const pushButton = 1 << 16;

const refuse = (review: Review, pair: Pair, { name }: FieldContext, detail: string): void =>
  review.refuse({ object: targetOf(pair), path: pair.path, field: name, detail });

/** Made read-only, as when it is locked: the only flag that may be set. */
const compareFlags =
  (review: Review, context: FieldContext): Rule =>
  (pair) => {
    if (!differs(review, pair)) return;
    const { new: now } = valuesOf(review, pair);
    if (!(now instanceof PdfNumber) || now.value !== (context.flags | readOnly))
      return refuse(review, pair, context, 'its flags were changed');
    const object = objectName(review.after, targetOf(pair)!);
    review.explain({ kind: 'field-locked', level: 'sign', object, path: pair.path, field: context.name });
  };

const isText = (value: PdfObject | undefined): boolean => value === undefined || value instanceof PdfString;
const isChoice = (value: PdfObject | undefined): boolean =>
  isText(value) || (value instanceof PdfArray && value.members().every(isText));

/** Values by type of field. */
const fits: Readonly<Record<string, (value: PdfObject | undefined) => boolean>> = {
  Tx: isText,
  Ch: isChoice,
  Btn: (value) => value instanceof PdfName,
};

const compareValue =
  (review: Review, context: FieldContext): Rule =>
  (pair) => {
    if (!differs(review, pair)) return;
    const { new: now } = valuesOf(review, pair);
    if (!fits[context.type ?? '']?.(now)) refuse(review, pair, context, 'its value is none of such a field');
  };

/** A string, a number or a list of such, that stands in the field itself. */
const isPlain = (value: PdfObject | undefined): boolean =>
  value === undefined ||
  value instanceof PdfString ||
  value instanceof PdfNumber ||
  (value instanceof PdfArray && value.members().every(isPlain));

const comparePlain =
  (review: Review, context: FieldContext): Rule =>
  (pair) => {
    if (!isPlain(pair.new)) refuse(review, pair, context, 'it is no plain value');
  };

/** How it is written, which some readers go by rather than by its appearance: only where it says something new. */
const compareLook =
  (review: Review, context: FieldContext): Rule =>
  (pair) => {
    if (!isPlain(pair.new)) return refuse(review, pair, context, 'it is no plain value');
    if (!sameObject(pair.old, pair.new) && !context.valueChanged)
      refuse(review, pair, context, 'its look was changed, and its value is what it was');
    return undefined;
  };

const lettersOf = (object: PdfObject | undefined): string =>
  object instanceof PdfString
    ? object
        .text()
        .replaceAll(/<[^>]*>/g, '')
        .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Math.min(Number(code), 0x10ffff)))
        .replaceAll(/&\w+;/g, '')
        .replaceAll(/[^\p{L}\p{N}]/gu, '')
    : '';

/** Sections, comments and entities of its own: text stands within what looks like a tag. */
const isMarkedUp = (text: PdfString): boolean => text.text().includes('<!');

/** Rich text (12.7.4.4), which some readers show in place of the value: it says the same. */
const compareRichText =
  (review: Review, context: FieldContext): Rule =>
  (pair) => {
    if (sameObject(pair.old, pair.new)) return;
    const isSame =
      pair.new instanceof PdfString && !isMarkedUp(pair.new) && lettersOf(pair.new) === lettersOf(context.value);
    if (pair.new && !isSame) refuse(review, pair, context, 'its rich text is none, or says something else');
  };

const compareType =
  (review: Review, context: FieldContext): Rule =>
  (pair) => {
    const isAnnotation = pair.new instanceof PdfName && pair.new.text === 'Annot';
    if (!sameObject(pair.old, pair.new) && (pair.old || !isAnnotation))
      refuse(review, pair, context, 'its type was changed');
  };

/** The state that is shown of a box or of a radio button must be one that it had an appearance for. */
const compareState =
  (review: Review, { dicts, context }: KnownField): Rule =>
  (pair) => {
    if (!differs(review, pair)) return undefined;
    const appearance = dicts.old?.lookup('AP');
    const states = appearance instanceof PdfDict ? appearance.lookup('N') : undefined;
    const state = pair.new instanceof PdfName ? pair.new.text : undefined;
    const value = context.value instanceof PdfName ? context.value.text : undefined;
    const has = (name: string | undefined): boolean =>
      name !== undefined && name !== 'Off' && states instanceof PdfDict && states.has(name);
    if (state !== 'Off' && !has(state)) return refuse(review, pair, context, 'it has no appearance of such a state');
    // What says something else is off, and what says this is not.
    const isShown = state === 'Off' ? !has(value) : state === value;
    if (!isShown) refuse(review, pair, context, 'it shows another state than its value');
    return undefined;
  };

/** The field itself where it is its own widget, or its widgets. */
const widgetsOf = (field: PdfDict): PdfDict[] => {
  const kids = field.lookup('Kids');
  return kids instanceof PdfArray ? members(kids).filter((kid) => kid instanceof PdfDict) : [field];
};

const hasStates = (widget: PdfDict): boolean => {
  const appearance = widget.lookup('AP');
  return appearance instanceof PdfDict && appearance.lookup('N') instanceof PdfDict;
};

/** What a box says is what it shows: readers go by the one or the other. One of several widgets shows it for all. */
const refuseOtherState = (review: Review, { ref, dicts, context }: KnownField): void => {
  const { value, name: field, type } = context;
  if (type !== 'Btn' || !dicts.new?.has('V') || !(value instanceof PdfName)) return;
  const shown = widgetsOf(dicts.new)
    .filter(hasStates)
    .map((widget) => nameAt(widget, 'AS') ?? 'Off');
  const isOther = shown.some((state) => state !== 'Off' && state !== value.text);
  const isShown = value.text === 'Off' || shown.includes(value.text);
  if (shown.length && (isOther || !isShown))
    review.refuse({ object: ref.number, path: dicts.path, field, detail: 'it shows another state than its value' });
};

const rulesOf = (review: Review, field: KnownField): Record<string, Rule> => {
  const { context } = field;
  const plain = comparePlain(review, context);
  const always = { Ff: compareFlags(review, context), Type: compareType(review, context), M: plain };
  const value = compareValue(review, context);
  if (context.type === 'Btn') return { ...always, V: value, AS: compareState(review, field) };
  const AP: Rule = (pair) => compareAppearance(review, { pair, field });
  const look = compareLook(review, context);
  const RV = compareRichText(review, context);
  return { ...always, V: value, RV, I: plain, TI: plain, DA: look, Q: look, AP };
};

const lockedRules = (review: Review, { context }: KnownField): Record<string, Rule> => ({
  Ff: compareFlags(review, context),
  Type: compareType(review, context),
});

const isFillable = ({ type, flags }: FieldContext): boolean =>
  ['Tx', 'Ch', 'Btn'].includes(type ?? '') && !(flags & readOnly) && !(type === 'Btn' && flags & pushButton);

const valueKeys = ['V', 'RV', 'I'];
const touchableKeys = [...valueKeys, 'TI', 'AP', 'AS', 'DA', 'Q', 'M'];

const isTouched = (review: Review, { dicts }: KnownField, keys: readonly string[]): boolean =>
  keys.some((key) => differs(review, entryOf(dicts, key)));

const refuseFilling = (review: Review, { dicts, context }: KnownField): Record<string, Rule> => {
  const why = context.flags & readOnly ? 'it is read-only' : 'it is no field to be filled in';
  const rule: Rule = (pair) => {
    const isOther = pair.key === 'AP' ? appearanceDiffers(review, dicts) : differs(review, pair);
    if (isOther) refuse(review, pair, context, why);
  };
  return Object.fromEntries(touchableKeys.map((key) => [key, rule]));
};

const describe = (value: PdfObject | undefined): string | undefined => {
  if (value instanceof PdfString) return value.text().slice(0, 200);
  return value instanceof PdfName ? value.text : undefined;
};

const detailOf = (field: KnownField): string | undefined => {
  const said = describe(field.context.value);
  const parts = [
    ...(said === undefined ? [] : [`it says now: ${said}`]),
    ...(showsOther(field) ? ['it shows something else, or what cannot be read'] : []),
  ];
  return parts.length ? parts.join('; ') : undefined;
};

const tellFilled = (review: Review, field: KnownField): void => {
  const { ref, dicts, context } = field;
  review.explain({
    kind: 'field-filled',
    level: 'fill',
    object: objectName(review.after, ref.number),
    path: dicts.path,
    field: context.name,
    detail: detailOf(field),
  });
};

/** The dictionary itself, or one of the streams that it names. */
const appearanceDiffers = (review: Review, dicts: Dicts): boolean => {
  const pair = entryOf(dicts, 'AP');
  if (differs(review, pair)) return true;
  const [old, now] = [review.before.objects.lookup(pair.old), review.after.objects.lookup(pair.new)];
  if (!(old instanceof PdfDict && now instanceof PdfDict)) return false;
  return keysOf(old, now).some((key) => differs(review, { ...pair, old: old.get(key), new: now.get(key) }));
};

/** Kids that were there are compared one by one; a field that had none gets none. */
const compareKids =
  (review: Review, { context }: KnownField): Rule =>
  (pair) => {
    if (!pair.old) refuse(review, pair, context, 'it has kids now');
  };

const compareOther = (review: Review, changes: FormChanges, field: KnownField): void => {
  const { dicts } = field;
  const isFilled = isTouched(review, field, touchableKeys) || appearanceDiffers(review, dicts);
  const Kids = compareKids(review, field);
  const locked = { ...lockedRules(review, field), Kids };
  if (!isFilled) return compareEntries(review, dicts, locked);
  if (!isFillable(field.context)) return compareEntries(review, dicts, { ...refuseFilling(review, field), ...locked });
  compareEntries(review, dicts, { ...rulesOf(review, field), Kids });
  refuseOtherState(review, field);
  noteWidget(changes, field);
  return tellFilled(review, field);
};

/** Whatever type it is of: what it shows now lies over the page. */
const noteWidget = (changes: FormChanges, { ref: { number }, dicts, context }: KnownField): void => {
  if (!dicts.new?.has('Rect')) return;
  // A mark in a box lies where its box was drawn.
  const kind = context.type === 'Btn' ? 'signed' : 'filled';
  const { path, old, new: dict } = dicts;
  changes.widgets.set(number, { number, field: context.name, path, old, dict, kind, mayBePlaced: false });
};

/** Compares a field that was there, or a widget of it. @returns what it says now, for the widgets below it */
export const compareField = (review: Review, changes: FormChanges, known: KnownField): FieldContext => {
  const { ref, dicts } = known;
  const value = entryOf(dicts, 'V').new;
  const valueChanged = known.context.valueChanged || isTouched(review, known, valueKeys);
  const context = {
    ...known.context,
    value: value ? review.after.objects.lookup(value) : known.context.value,
    valueChanged,
  };
  const field = { ...known, context };
  const isSame =
    !review.changed.has(ref.number) && !isTouched(review, field, touchableKeys) && !appearanceDiffers(review, dicts);
  if (isSame) return context;
  review.claim(ref.number, { keys: usualKeys });
  if (context.type === 'Sig') signField(review, changes, field);
  else compareOther(review, changes, field);
  return context;
};
