import { PdfArray, PdfDict } from '#pdf/objects/containers.ts';
import { PdfBoolean, PdfNumber, PdfRef, type PdfObject } from '#pdf/objects/object.ts';
import { PdfString } from '#pdf/objects/strings.ts';
import {
  compareEntries,
  dictsOf,
  entryOf,
  targetOf,
  valuesOf,
  type Dicts,
  type Pair,
  type Review,
  type Rule,
} from '#changes/revision/review.ts';
import { sameObject } from '#changes/revision/same-object.ts';
import { compareField } from './field.ts';
import { compareResources } from './form-resources.ts';
import { addedTo, type FormChanges } from './form-changes.ts';
import { inheritedBy, type FieldContext } from './known-field.ts';
import { addPlace, isPlace, requireSigned } from '#changes/rules/first/laid-place.ts';
import { addSignatureField } from './signature-field.ts';

const mostKids = 200_000;
const deepest = 32;

const arrayOf = (object: PdfObject | undefined): readonly PdfObject[] =>
  object instanceof PdfArray ? object.members() : [];

const textOf = (object: PdfObject | undefined): string | undefined =>
  object instanceof PdfString ? object.text() : undefined;

const nameOf = (parent: string, dict: PdfDict): string => [parent, textOf(dict.lookup('T'))].filter(Boolean).join('.');

interface Walk {
  review: Review;
  /** Whether nobody has signed yet: places are laid then. */
  first: boolean;
  changes: FormChanges;
  seen: Set<number>;
}

const compareKnown = (walk: Walk, ref: PdfRef, { path, above, depth }: Place): void => {
  const { review, changes, seen } = walk;
  const [old, now] = [review.before.objects.lookup(ref), review.after.objects.lookup(ref)];
  if (seen.has(ref.number)) return;
  seen.add(ref.number);
  if (seen.size > mostKids || depth > deepest) return review.refuse({ path, detail: 'there are too many fields' });
  if (!(old instanceof PdfDict && now instanceof PdfDict)) {
    if (review.changed.has(ref.number)) review.refuse({ object: ref.number, path, detail: 'it is no field' });
    return;
  }
  const name = nameOf(above.name, old);
  changes.fields.add(name);
  const context = inheritedBy(above, old, name);
  const dicts: Dicts = { path, holder: ref.number, old, new: now };
  const said = compareField(review, changes, { ref, dicts, context });
  if (old.has('Kids')) compareKids(walk, entryOf(dicts, 'Kids'), said, depth);
};

interface Place {
  path: string;
  above: FieldContext;
  depth: number;
}

/** The kids of a field that was there: none is added to it, and none taken away. */
const compareKids = (walk: Walk, pair: Pair, above: FieldContext, depth: number): void => {
  const { old, new: now } = valuesOf(walk.review, pair);
  if (!sameObject(old, now)) {
    walk.review.refuse({ object: targetOf(pair), path: pair.path, field: above.name, detail: 'its kids were changed' });
    return;
  }
  for (const [at, member] of arrayOf(now).entries())
    if (member instanceof PdfRef) compareKnown(walk, member, { path: `${pair.path}[${at}]`, above, depth: depth + 1 });
};

const compareFields =
  (walk: Walk): Rule =>
  (pair) => {
    const { review, changes } = walk;
    const values = valuesOf(review, pair);
    const [old, now] = [arrayOf(values.old), arrayOf(values.new)];
    const added = addedTo(old, now);
    if (!added || (values.new !== undefined && !(values.new instanceof PdfArray))) {
      review.refuse({ object: targetOf(pair), path: pair.path, detail: 'a field was removed or moved' });
      return;
    }
    const top: FieldContext = { name: '', type: undefined, flags: 0, valueChanged: false, value: undefined };
    const isNew = new Set(added);
    for (const [at, member] of now.entries())
      if (member instanceof PdfRef && !isNew.has(member))
        compareKnown(walk, member, { path: `${pair.path}[${at}]`, above: top, depth: 0 });
    for (const member of added) {
      const add = walk.first && isPlace(review, member) ? addPlace : addSignatureField;
      add(review, changes, { member, path: `${pair.path}[${now.indexOf(member)}]` });
    }
    requireSigned(review);
  };

const numberOf = (object: PdfObject | undefined): number => (object instanceof PdfNumber ? object.value : 0);

/** Bits are set and none is taken back (ISO 32000-2, 12.7.3). */
const compareSignatureFlags =
  (review: Review): Rule =>
  (pair) => {
    const { old, new: now } = valuesOf(review, pair);
    const [before, after] = [numberOf(old), numberOf(now)];
    if ((before | 3) !== (after | 3) || (before & after) !== before)
      review.refuse({ object: targetOf(pair), path: pair.path, detail: 'flags were taken back' });
  };

/** Who draws the appearances, the file or the viewer: what is seen may be another thing. */
const compareNeedAppearances =
  (review: Review): Rule =>
  (pair) => {
    const { old, new: now } = valuesOf(review, pair);
    const [before, after] = [old, now].map((value) => value instanceof PdfBoolean && value.value);
    if (before !== after)
      review.refuse({ object: targetOf(pair), path: pair.path, detail: 'who draws the fields was changed' });
  };

const refuseChange = (review: Review, pair: Pair): void =>
  review.refuse({ object: targetOf(pair), path: pair.path, detail: 'what was there was changed' });

/** Of a form that was not there before, what does nothing without fields. */
const onlyInNew =
  (review: Review, isNew: boolean): Rule =>
  (pair) => {
    const isPlain = pair.new instanceof PdfString || pair.new instanceof PdfNumber;
    if (!sameObject(pair.old, pair.new) && !(isNew && isPlain)) refuseChange(review, pair);
  };

/** The form (ISO 32000-2, 12.7.3): signatures are added, fields are filled in. */
export const compareForm = (review: Review, pair: Pair, first: boolean): FormChanges => {
  const changes: FormChanges = { widgets: new Map(), fields: new Set() };
  const dicts = dictsOf(review, pair);
  if (!dicts) return changes;
  if (dicts.old && !dicts.new) {
    review.refuse({ object: targetOf(pair), path: pair.path, detail: 'the form was removed' });
    return changes;
  }
  const plain = onlyInNew(review, dicts.old === undefined);
  compareEntries(review, dicts, {
    Fields: compareFields({ review, first, changes, seen: new Set() }),
    SigFlags: compareSignatureFlags(review),
    NeedAppearances: compareNeedAppearances(review),
    DR: compareResources(review),
    DA: plain,
    Q: plain,
  });
  return changes;
};
