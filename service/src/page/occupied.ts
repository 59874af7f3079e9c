import { contentOf } from '@tu-esign/verifier/page/content-budget.ts';
import { boxFromNumbers, identity, isEmpty, type Box } from '@tu-esign/verifier/pdf/geometry.ts';
import { initialState } from '@tu-esign/verifier/page/graphics-state.ts';
import { noteContent } from '@tu-esign/verifier/page/interpreter.ts';
import { PdfDict } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { arrayAt, members, numbersAt } from '@tu-esign/verifier/pdf/objects/entries.ts';

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
  const content = contentOf(dict, budget);
  const boxes = annotationBoxes(dict);
  const scene = { resources, boxes, budget, depth: 0 };
  noteContent(content, scene, initialState(identity, visible));
  return boxes;
};
