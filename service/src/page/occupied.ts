import { decodeWithin } from '@tu-esign/verifier/page/content-budget.ts';
import { boxFromNumbers, identity, isEmpty, type Box } from '@tu-esign/verifier/pdf/geometry.ts';
import { initialState } from '@tu-esign/verifier/page/graphics-state.ts';
import { noteContent } from '@tu-esign/verifier/page/interpreter.ts';
import { PdfArray, PdfDict, PdfStream } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { arrayAt, members, numbersAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import type { PdfObject } from '@tu-esign/verifier/pdf/objects/object.ts';

const streamsOf = (contents: PdfObject | undefined): PdfStream[] =>
  (contents instanceof PdfArray ? members(contents) : [contents]).filter((part) => part instanceof PdfStream);

/** Annotations that are shown, and their boxes. */
const annotationBoxes = (dict: PdfDict): Box[] =>
  members(arrayAt(dict, 'Annots')).flatMap((annotation) => {
    if (!(annotation instanceof PdfDict)) return [];
    const box = boxFromNumbers(numbersAt(annotation, 'Rect', 4));
    return box && !isEmpty(box) ? [box] : [];
  });

/**
 * Boxes of all that a page may draw within `visible`, in the page's own units; rather too much than too little.
 * @throws Unsure when it cannot be told
 */
export const occupiedBoxes = (
  { dict, resources }: { dict: PdfDict; resources?: PdfDict | undefined },
  visible: Box,
): Box[] => {
  const budget = { operations: 0, bytes: 0 };
  const parts = streamsOf(dict.lookup('Contents')).flatMap((part) => [
    decodeWithin(budget, part),
    // streams end where a token may end (7.8.2)
    Buffer.from('\n'),
  ]);
  const boxes = annotationBoxes(dict);
  const scene = { resources, boxes, budget, depth: 0 };
  noteContent(Buffer.concat(parts), scene, initialState(identity, visible));
  return boxes;
};
