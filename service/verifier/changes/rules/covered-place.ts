import { intersect, isEmpty, visibleBox, type Box } from '#pdf/geometry.ts';
import { PdfDict } from '#pdf/objects/containers.ts';
import { arrayAt, nameAt, numberAt, numbersAt } from '#pdf/objects/entries.ts';
import { PdfRef } from '#pdf/objects/object.ts';
import { PdfString } from '#pdf/objects/strings.ts';
import type { Page } from '#pdf/page-tree.ts';
import { drawnByReaders } from './annotations.ts';
import { placeOf } from './appearance.ts';
import type { ChangedWidget } from './form-changes.ts';

/** A widget that covers more of a page, or of another annotation, hides what was signed. */
const mostCovered = 0.5;

/** Of a signature as large as they are: on a small page it takes what there is. In square points. */
const ordinaryArea = 30_000;

const areaOf = (box: Box): number => (isEmpty(box) ? 0 : (box.right - box.left) * (box.top - box.bottom));

/** How much of a box another one covers, from 0 to 1. */
const covered = (box: Box, by: Box): number => {
  const area = areaOf(box);
  return area > 0 ? areaOf(intersect(box, by)) / area : 0;
};

const hiddenFlags = 2 | 32;

/** Bits of /F (12.5.3) by which it is hidden, on screen alone too, or is not turned and scaled with its page. */
const otherElsewhere = 2 | 8 | 16 | 32;

/** Whether an annotation was seen: it has a place and something that is drawn there. */
const isSeen = (annotation: PdfDict): boolean => {
  if ((numberAt(annotation, 'F') ?? 0) & hiddenFlags || nameAt(annotation, 'Subtype') === 'Popup') return false;
  if (nameAt(annotation, 'Subtype') !== 'Widget')
    return annotation.has('AP') || drawnByReaders.has(nameAt(annotation, 'Subtype') ?? '');
  const field = [annotation, annotation.lookup('Parent')];
  const [type, value] = ['FT', 'V'].map((key) =>
    field.map((dict) => (dict instanceof PdfDict ? dict.lookup(key) : undefined)).find((found) => found !== undefined),
  );
  const isEmpty = value === undefined || (value instanceof PdfString && value.text() === '');
  return annotation.has('AP') && type !== undefined && !isEmpty;
};

/** What a widget hides of what was on its page before, if anything. */
export const faultOfPlace = (
  before: PdfDict | undefined,
  page: Page,
  { dict, number, mayBePlaced }: Pick<ChangedWidget, 'dict' | 'number' | 'mayBePlaced'>,
): string | undefined => {
  const place = placeOf(dict);
  if (!place) return dict.has('Rect') && !numbersAt(dict, 'Rect', 4) ? 'its rectangle is none' : undefined;
  if ((numberAt(dict, 'F') ?? 0) & otherElsewhere && dict.has('AP')) return 'it is not everywhere and always the same';
  // On a page that was added for it, a signature covers nothing.
  if (!before) return undefined;
  const isOrdinary = mayBePlaced && areaOf(place) <= ordinaryArea;
  if (!isOrdinary && covered(visibleBox(page), place) > mostCovered) return 'it covers most of the page';
  const others = arrayAt(before, 'Annots')?.members() ?? [];
  const hidden = others.some((other) => {
    if (other instanceof PdfRef && other.number === number) return false;
    const annotation = before.source.lookup(other);
    const box = annotation instanceof PdfDict && isSeen(annotation) ? placeOf(annotation) : undefined;
    return box !== undefined && covered(box, place) > mostCovered;
  });
  return hidden ? 'it covers something that was there' : undefined;
};
