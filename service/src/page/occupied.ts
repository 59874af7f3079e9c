import { PDFArray, PDFDict, PDFRawStream, type PDFObject } from '@cantoo/pdf-lib';
import { decodeWithin } from './content-budget.ts';
import { boxFromNumbers, isEmpty, type Box } from '@tu-esign/verifier/pdf/geometry.ts';
import { initialState } from './graphics-state.ts';
import { Interpreter } from './interpreter.ts';
import { arrayAt, members, name, numbersAt } from '@tu-esign/verifier/pdf/pdf-objects.ts';

const streamsOf = (contents: PDFObject | undefined): PDFRawStream[] =>
  (contents instanceof PDFArray ? members(contents) : [contents]).filter((part) => part instanceof PDFRawStream);

/** Annotations that are shown, and their boxes. */
const annotationBoxes = (dict: PDFDict): Box[] =>
  members(arrayAt(dict, 'Annots')).flatMap((annotation) => {
    if (!(annotation instanceof PDFDict)) return [];
    const box = boxFromNumbers(numbersAt(annotation, 'Rect', 4));
    return box && !isEmpty(box) ? [box] : [];
  });

/**
 * Boxes of all that a page may draw within `visible`, in the page's own units; rather too much than too little.
 * @throws Unsure when it cannot be told
 */
export const occupiedBoxes = (
  { dict, resources }: { dict: PDFDict; resources?: PDFDict | undefined },
  visible: Box,
): Box[] => {
  const budget = { operations: 0, bytes: 0 };
  const parts = streamsOf(dict.lookup(name('Contents'))).flatMap((part) => [
    decodeWithin(budget, part),
    // streams end where a token may end (7.8.2)
    Buffer.from('\n'),
  ]);
  const boxes = annotationBoxes(dict);
  const scene = { resources, boxes, budget, depth: 0 };
  new Interpreter(scene, initialState([1, 0, 0, 1, 0, 0], visible)).run(Buffer.concat(parts));
  return boxes;
};
