import { PdfArray, PdfDict } from '#pdf/objects/containers.ts';
import { nameAt } from '#pdf/objects/entries.ts';
import { PdfRef, type PdfObject } from '#pdf/objects/object.ts';
import { absorb, edgeName, objectName, targetOf, type Pair, type Review } from '#changes/revision/review.ts';
import { objectAt, type Usage } from '#changes/revision/references.ts';
import { sameObject } from '#changes/revision/same-object.ts';

/** Remarks of a reader (ISO 32000-2, 12.5.6): they act on nothing, and lead nowhere. */
const remarks = new Set(
  `Text FreeText Line Square Circle Polygon PolyLine Highlight Underline Squiggly StrikeOut Caret Stamp Ink Popup`.split(
    /\s+/,
  ),
);

/** Readers draw these where they have no appearance. */
export const drawnByReaders: ReadonlySet<string> = new Set(
  `FreeText Line Square Circle Polygon PolyLine Highlight Underline Squiggly StrikeOut Ink`.split(/\s+/),
);

const isRemark = (object: PdfObject | undefined): object is PdfDict =>
  object instanceof PdfDict && remarks.has(nameAt(object, 'Subtype') ?? '') && !object.has('A') && !object.has('AA');

const explain = (review: Review, object: number, path: string, detail: string): void =>
  review.explain({ kind: 'annotation', level: 'annotate', object: objectName(review.after, object), path, detail });

/** A new annotation on a page: a remark, where those are allowed. */
export const addAnnotation = (review: Review, { member, path }: { member: PdfObject; path: string }): void => {
  const annotation = review.after.objects.lookup(member);
  const object = member instanceof PdfRef ? member.number : undefined;
  if (object === undefined || review.reach.has(object) || !isRemark(annotation))
    return review.refuse({ object, path, detail: 'an annotation was added' });
  absorb(review, member, path);
  return explain(review, object, path, 'a remark was added');
};

/** What is left of a page's annotations, where remarks were taken away and nothing else. */
export const removeAnnotations = (
  review: Review,
  pair: Pair,
  { old, kept }: { old: readonly PdfObject[]; kept: readonly PdfObject[] },
): PdfObject[] =>
  old.filter((member) => {
    if (kept.some((other) => sameObject(member, other))) return true;
    if (!(member instanceof PdfRef) || !isRemark(review.before.objects.lookup(member))) return true;
    explain(review, targetOf(pair)!, pair.path, `a remark was removed: ${member.number} ${member.generation}`);
    return false;
  });

/** By what an annotation is referred to. */
const usualKeys = ['Annots', 'Popup', 'Parent', 'IRT', 'Obj'];

const tryAt = (file: Review['after'], number: number): PdfObject | undefined => {
  try {
    return objectAt(file, number);
  } catch {
    return undefined;
  }
};

const isPage = (object: PdfObject | undefined): boolean =>
  object instanceof PdfDict && nameAt(object, 'Type') === 'Page';

const usagesOf = ({ reach }: Review, number: number): Usage[] => reach.usagesOf(new Set([number])).get(number) ?? [];

/** Whether one refers to it as to an annotation: a page, another remark, the structure. A name among resources may be any. */
const isAsAnnotation = (review: Review, { from, key }: Usage): boolean => {
  const holder = tryAt(review.before, from);
  if (holder instanceof PdfArray)
    return usagesOf(review, from).every((usage) => usage.key === 'Annots' && isPage(tryAt(review.before, usage.from)));
  if (key === 'Annots') return isPage(holder);
  if (key === 'Obj') return holder instanceof PdfDict && ['S', 'Pg', 'Obj'].some((own) => holder.has(own));
  return isRemark(holder) && holder.has(key ?? '');
};

/** By each of those once: a page may have a graphics state of the same name as well. */
const isAnnotation = (review: Review, number: number): boolean => {
  const usages = usagesOf(review, number);
  return new Set(usages.map(edgeName)).size === usages.length && usages.every((usage) => isAsAnnotation(review, usage));
};

/** Remarks that were changed, where no rule before has claimed them. */
export const compareRemarks = (review: Review): void => {
  for (const number of review.changed) {
    if (!review.reach.has(number) || review.claimOf(number)) continue;
    const [old, now] = [tryAt(review.before, number), tryAt(review.after, number)];
    if (!isRemark(old) || !isRemark(now) || nameAt(old, 'Subtype') !== nameAt(now, 'Subtype')) continue;
    if (!isAnnotation(review, number)) continue;
    review.claim(number, { keys: usualKeys });
    absorb(review, now, review.reach.pathTo(number));
    explain(review, number, review.reach.pathTo(number), 'a remark was changed');
  }
};
