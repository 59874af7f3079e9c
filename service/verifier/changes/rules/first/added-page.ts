import { PdfArray, PdfDict } from '#pdf/objects/containers.ts';
import { arrayAt, dictAt, members, numberAt } from '#pdf/objects/entries.ts';
import { PdfRef, type PdfObject } from '#pdf/objects/object.ts';
import { pagesNode } from '#pdf/page-tree.ts';
import {
  compareEntries,
  objectName,
  valuesOf,
  type Dicts,
  type Pair,
  type Review,
  type Rule,
} from '#changes/revision/review.ts';
import { sameObject } from '#changes/revision/same-object.ts';
import type { FormChanges } from '#changes/rules/form-changes.ts';

/** What an empty page has; whatever is drawn on it are signatures alone. */
const keysOfEmptyPage = new Set([
  'Type',
  'Parent',
  'MediaBox',
  'CropBox',
  'Rotate',
  'Resources',
  'UserUnit',
  'Annots',
  'Tabs',
]);

const isEmptyPage = (review: Review, form: FormChanges, page: PdfDict): boolean =>
  page.entries().every(([key]) => keysOfEmptyPage.has(key)) &&
  (dictAt(page, 'Resources')?.entries().length ?? 1) === 0 &&
  page.get('Parent') === pagesNode(review.after).ref &&
  isForWidgets(form, arrayAt(page, 'Annots')?.members() ?? []);

/** There is something to be signed on it, and nothing else. */
const isForWidgets = ({ widgets }: FormChanges, annotations: readonly PdfObject[]): boolean =>
  annotations.length > 0 &&
  annotations.every((member) => member instanceof PdfRef && widgets.get(member.number)?.mayBePlaced === true);

const isSigned = ({ explained }: Review): boolean => explained.some(({ kind }) => kind === 'signature');

const compareKids =
  (review: Review, form: FormChanges): Rule =>
  (pair: Pair) => {
    const { old, new: now } = valuesOf(review, pair);
    const [before, after] = [old, now].map((kids) => (kids instanceof PdfArray ? kids : undefined));
    const added = after?.members().at(-1);
    const page = review.after.objects.lookup(added);
    const isOneMore = before && after && after.length === before.length + 1;
    const isSame = before?.members().every((kid, at) => sameObject(kid, after?.get(at)));
    const isNew = added instanceof PdfRef && !review.reach.has(added.number);
    const isGood = page instanceof PdfDict && isEmptyPage(review, form, page) && isSigned(review);
    if (!(isOneMore && isSame && isNew && isGood))
      return review.refuse({ object: pair.holder, path: pair.path, detail: 'pages were changed' });
    review.claim(added.number, {});
    return review.explain({
      kind: 'page-added',
      level: 'sign',
      object: objectName(review.after, added.number),
      path: `${pair.path}[${members(after).length - 1}]`,
    });
  };

/** The page that the service itself adds to an agreement which has no room: empty, at the end, for the signature alone. */
export const compareAddedPage = (review: Review, form: FormChanges): void => {
  const [before, after] = [pagesNode(review.before), pagesNode(review.after)];
  const { number } = before.ref;
  if (!review.changed.has(number) || after.ref.number !== number) return;
  review.claim(number, { keys: ['Pages', 'Parent', 'Info'] });
  const dicts: Dicts = { path: 'Root/Pages', holder: number, old: before.dict, new: after.dict };
  compareEntries(review, dicts, {
    Kids: compareKids(review, form),
    Count: ({ path }) => {
      const grown = (numberAt(before.dict, 'Count') ?? 0) + 1;
      if (numberAt(after.dict, 'Count') !== grown)
        review.refuse({ object: number, path, detail: 'pages are miscounted' });
    },
  });
};
