import { PdfDict } from '#pdf/objects/containers.ts';
import { nameAt } from '#pdf/objects/entries.ts';
import { PdfRef, type PdfObject } from '#pdf/objects/object.ts';
import { absorb, objectName, targetOf, type Pair, type Review } from '#changes/revision/review.ts';
import { objectAt } from '#changes/revision/references.ts';
import { sameObject } from '#changes/revision/same-object.ts';

/** Remarks of a reader (ISO 32000-2, 12.5.6): they act on nothing, and lead nowhere. */
const remarks = new Set(
  `Text FreeText Line Square Circle Polygon PolyLine Highlight Underline Squiggly StrikeOut Caret Stamp Ink Popup`.split(
    /\s+/,
  ),
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

/** Remarks that were changed, where no rule before has claimed them. */
export const compareRemarks = (review: Review): void => {
  for (const number of review.changed) {
    if (!review.reach.has(number) || review.claimOf(number)) continue;
    const [old, now] = [tryAt(review.before, number), tryAt(review.after, number)];
    if (!isRemark(old) || !isRemark(now) || nameAt(old, 'Subtype') !== nameAt(now, 'Subtype')) continue;
    review.claim(number, { keys: usualKeys });
    absorb(review, now, review.reach.pathTo(number));
    explain(review, number, review.reach.pathTo(number), 'a remark was changed');
  }
};
