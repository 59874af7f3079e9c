import { PdfDict } from '#pdf/objects/containers.ts';
import { nameAt } from '#pdf/objects/entries.ts';
import { PdfNumber, PdfRef, type PdfObject } from '#pdf/objects/object.ts';
import { PdfString } from '#pdf/objects/strings.ts';
import { readPlaceName } from '#changes/place-names.ts';
import { absorb, objectName, type Review } from '#changes/revision/review.ts';
import { drawsNothing, placeOf } from '#changes/rules/appearance.ts';
import type { FormChanges } from '#changes/rules/form-changes.ts';
import { readOnly } from '#changes/rules/known-field.ts';
import { checkWidget } from '#changes/rules/signature-field.ts';

const keysOfPlace = new Set(`FT T TU Ff V F Type Subtype Rect P AP MK DA StructParent`.split(/\s+/));

interface Added {
  member: PdfObject;
  path: string;
}

const textAt = (dict: PdfDict, key: string): string | undefined => {
  const value = dict.lookup(key);
  return value instanceof PdfString ? value.text() : undefined;
};

/** A text field that the service lays for a further place of an autograph, or for initials. */
export const isPlace = (review: Review, member: PdfObject): boolean => {
  const dict = review.after.objects.lookup(member);
  if (!(dict instanceof PdfDict) || nameAt(dict, 'FT') !== 'Tx') return false;
  const name = readPlaceName(textAt(dict, 'T') ?? '');
  return name !== undefined && name.kind !== 'signature';
};

/** How it is turned is all that is said of its look: readers draw a colour where there is no appearance. */
const isTurnedAlone = (look: PdfObject | undefined): boolean =>
  look === undefined || (look instanceof PdfDict && look.entries().every(([key]) => key === 'R'));

/** What is wrong with it, if anything: it is one widget that says plain text, and acts on nothing. */
const faultOf = (changes: FormChanges, dict: PdfDict): string | undefined => {
  const odd = dict.entries().find(([key]) => !keysOfPlace.has(key));
  if (odd) return `/${odd[0]} is not allowed in a new field`;
  if (!isTurnedAlone(dict.lookup('MK'))) return 'it has a look of its own';
  if (nameAt(dict, 'Subtype') !== 'Widget' || !placeOf(dict)) return 'it has no place';
  if (changes.fields.has(textAt(dict, 'T')!)) return 'there is a field of that name';
  const flags = dict.lookup('Ff');
  const isFilled = dict.has('V');
  if (isFilled && !(dict.lookup('V') instanceof PdfString)) return 'its value is no text';
  const isOpen = flags === undefined || (flags instanceof PdfNumber && flags.value === 0);
  const isClosed = flags instanceof PdfNumber && flags.value === readOnly;
  return (isFilled ? isClosed : isOpen) ? undefined : 'its flags are others than those of a place';
};

/**
 * A place in the form of who signs first: filled with this very signature, or empty for who signs later, and not drawn.
 */
export const addPlace = (review: Review, changes: FormChanges, { member, path }: Added): void => {
  const dict = review.after.objects.lookup(member);
  const object = member instanceof PdfRef ? member.number : undefined;
  if (!(member instanceof PdfRef && dict instanceof PdfDict) || review.reach.has(member.number))
    return review.refuse({ object, path, detail: 'it is no new field' });
  const { number } = member;
  const field = textAt(dict, 'T')!;
  const fault = faultOf(changes, dict);
  if (fault) return review.refuse({ object, path, field, detail: fault });
  changes.fields.add(field);
  review.claim(number, {});
  for (const key of ['MK', 'DA', 'Rect', 'T', 'TU', 'V']) absorb(review, dict.get(key), `${path}/${key}`);
  const look = checkWidget(review, { path, holder: undefined, old: undefined, new: dict }, field);
  const isFilled = dict.has('V');
  const isDrawn = dict.has('AP') && !(look && drawsNothing(look));
  if (!isFilled && isDrawn)
    return review.refuse({ object, path, field, detail: 'it is not filled, and shows something' });
  const widget = { number, field, path, old: undefined, dict, kind: 'new', mayBePlaced: true } as const;
  changes.widgets.set(number, { ...widget, staysBlank: !isDrawn });
  return review.explain({
    kind: 'place-laid',
    level: 'sign',
    object: objectName(review.after, number),
    path,
    field,
    newAndVisible: true,
  });
};

/** Places come with a signature: by themselves they are nobody's. */
export const requireSigned = (review: Review): void => {
  const isSigned = review.explained.some(({ kind }) => kind === 'signature');
  for (const { kind, path, field } of isSigned ? [] : review.explained)
    if (kind === 'place-laid')
      review.refuse({ path, detail: 'nobody signs with it', ...(field !== undefined && { field }) });
};
