import { Fault } from '@tu-esign/verifier/pdf/fault.ts';
import { boxFromNumbers, identity, isEmpty, type Box } from '@tu-esign/verifier/pdf/geometry.ts';
import { PdfArray, type PdfDict, type PdfStream } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { dictAt, nameAt, numbersAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import { PdfString } from '@tu-esign/verifier/pdf/objects/strings.ts';
import { decodeWithin, Unsure } from '@tu-esign/verifier/page/content-budget.ts';
import { initialState } from '@tu-esign/verifier/page/graphics-state.ts';
import { noteContent } from '@tu-esign/verifier/page/interpreter.ts';
import { inherited, normalAppearance, type Annotation } from './widgets.ts';

const endless: Box = { left: -1e9, bottom: -1e9, right: 1e9, top: 1e9 };

/** Whether a form draws anything; where that cannot be told, it does. */
export const paints = (form: PdfStream): boolean => {
  const boxes: Box[] = [];
  const budget = { operations: 0, bytes: 0 };
  const box = boxFromNumbers(numbersAt(form.dict, 'BBox', 4));
  if (!box || isEmpty(box)) return false;
  try {
    const scene = { resources: dictAt(form.dict, 'Resources'), boxes, budget, depth: 0 };
    noteContent(decodeWithin(budget, form), scene, initialState(identity, endless));
  } catch (error) {
    if (error instanceof Unsure || error instanceof Fault) return true;
    throw error;
  }
  return boxes.length > 0;
};

/** Kinds that viewers draw without an appearance. */
const drawnAlone = new Set(
  'FreeText Line Square Circle Polygon PolyLine Highlight Underline Squiggly StrikeOut Caret Ink Redact'.split(' '),
);

const hasValue = (widget: PdfDict): boolean => {
  const value = inherited(widget, 'V');
  if (value instanceof PdfString) return value.bytes().length > 0;
  return value instanceof PdfArray && value.length > 0;
};

const drawsAlone = ({ dict }: Annotation): boolean => {
  const kind = nameAt(dict, 'Subtype') ?? '';
  if (kind !== 'Widget') return drawnAlone.has(kind);
  const look = dictAt(dict, 'MK');
  return hasValue(dict) || look?.has('BG') === true || look?.has('BC') === true || look?.has('CA') === true;
};

/** Whether anything of an annotation is to be seen where it is shown. */
export const draws = (annotation: Annotation): boolean => {
  const box = boxFromNumbers(numbersAt(annotation.dict, 'Rect', 4));
  if (!box || isEmpty(box)) return false;
  const appearance = normalAppearance(annotation.dict);
  if (appearance) return paints(appearance);
  // In a state without an appearance nothing is drawn.
  return !dictAt(annotation.dict, 'AP')?.has('N') && drawsAlone(annotation);
};
