import { PdfArray, PdfDict } from '#pdf/objects/containers.ts';
import { dictAt, nameAt } from '#pdf/objects/entries.ts';
import { PdfNumber, PdfRef, type PdfObject } from '#pdf/objects/object.ts';
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
import { addedTo, type FormChanges } from '#changes/rules/form-changes.ts';

const keysOfElement = new Set(['Type', 'S', 'P', 'Pg', 'K']);
const keysOfKid = new Set(['Type', 'Obj', 'Pg']);

const hasOnly = (dict: PdfDict | undefined, keys: ReadonlySet<string>): boolean =>
  dict !== undefined && dict.entries().every(([key]) => keys.has(key));

/** An element that holds nothing but a new signature's widget (ISO 32000-2, 14.7.5.3). */
const isOfSignature = (review: Review, form: FormChanges, member: PdfObject | undefined): member is PdfRef => {
  const element = review.after.objects.lookup(member);
  if (!(member instanceof PdfRef && element instanceof PdfDict) || review.reach.has(member.number)) return false;
  const kid = dictAt(element, 'K');
  const widget = kid?.get('Obj');
  return (
    hasOnly(element, keysOfElement) &&
    hasOnly(kid, keysOfKid) &&
    nameAt(element, 'S') === 'Form' &&
    widget instanceof PdfRef &&
    form.widgets.get(widget.number)?.mayBePlaced === true
  );
};

/** What one value or several are: one may stand without an array. */
const listOf = (raw: PdfObject | undefined, value: PdfObject | undefined): readonly PdfObject[] => {
  if (value instanceof PdfArray) return value.members();
  return raw ? [raw] : [];
};

const refuse = (review: Review, pair: Pair): void =>
  review.refuse({ object: targetOf(pair), path: pair.path, detail: 'the structure was changed' });

/** A list that has more than before, each of which a check finds good. */
const compareList =
  (review: Review, areGood: (added: readonly PdfObject[]) => boolean): Rule =>
  (pair) => {
    const values = valuesOf(review, pair);
    const added = addedTo(listOf(pair.old, values.old), listOf(pair.new, values.new));
    if (!added || !areGood(added)) refuse(review, pair);
  };

const compareKids = (review: Review, form: FormChanges): Rule =>
  compareList(review, (added) =>
    added.every((member) => {
      const isGood = isOfSignature(review, form, member);
      if (isGood) review.claim(member.number, {});
      return isGood;
    }),
  );

/** Pairs of a key and the element that it leads to. */
const arePairs = (review: Review, form: FormChanges, list: readonly PdfObject[]): boolean =>
  list.length % 2 === 0 &&
  list.every((member, at) => (at % 2 ? isOfSignature(review, form, member) : member instanceof PdfNumber));

const isLeaf = (review: Review, form: FormChanges, member: PdfObject): boolean => {
  const leaf = review.after.objects.lookup(member);
  if (!(member instanceof PdfRef && leaf instanceof PdfDict) || review.reach.has(member.number)) return false;
  const pairs = leaf.lookup('Nums');
  review.claim(member.number, {});
  return (
    hasOnly(leaf, new Set(['Limits', 'Nums'])) &&
    pairs instanceof PdfArray &&
    !(leaf.get('Nums') instanceof PdfRef) &&
    !(leaf.get('Limits') instanceof PdfRef) &&
    arePairs(review, form, pairs.members())
  );
};

const compareParents =
  (review: Review, form: FormChanges): Rule =>
  (pair) => {
    const dicts = dictsOf(review, pair);
    if (!dicts) return;
    compareEntries(review, dicts, {
      Nums: compareList(review, (added) => arePairs(review, form, added)),
      Kids: compareList(review, (added) => added.every((member) => isLeaf(review, form, member))),
    });
  };

/** The document's one element, into which the signature's goes. */
const compareFirstElement = (review: Review, form: FormChanges, root: Dicts): void => {
  const kids = root.old?.lookup('K');
  const first = kids instanceof PdfArray ? kids.get(0) : root.old?.get('K');
  if (!(first instanceof PdfRef) || !review.changed.has(first.number)) return;
  const [old, now] = [review.before, review.after].map(({ objects }) => objects.lookup(first));
  if (!(old instanceof PdfDict && now instanceof PdfDict)) return;
  // Whoever refers to it finds what it had, and one element more.
  review.claim(first.number, { anyhow: true });
  const dicts: Dicts = { path: `${root.path}/K`, holder: first.number, old, new: now };
  compareEntries(review, dicts, { K: compareKids(review, form) });
};

/** The structure of a tagged document, which a signature's widget is put into when it is signed first. */
export const compareStructure = (review: Review, form: FormChanges): void => {
  const catalogues: Dicts = {
    path: 'Root',
    holder: review.after.catalogRef.number,
    old: review.before.catalog,
    new: review.after.catalog,
  };
  const pair = entryOf(catalogues, 'StructTreeRoot');
  const dicts = pair.old && pair.new ? dictsOf(review, pair) : undefined;
  if (!dicts?.old || !dicts.new || !(pair.new instanceof PdfRef)) return;
  review.claim(pair.new.number, { keys: ['P'] });
  compareFirstElement(review, form, dicts);
  compareEntries(review, dicts, {
    K: compareKids(review, form),
    ParentTree: compareParents(review, form),
    ParentTreeNextKey: (key) => {
      if (!(key.new instanceof PdfNumber)) refuse(review, key);
    },
  });
};
