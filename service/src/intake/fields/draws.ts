import { Fault } from '@tu-esign/verifier/pdf/fault.ts';
import { boxFromNumbers, identity, isEmpty, type Box } from '@tu-esign/verifier/pdf/geometry.ts';
import { PdfArray, type PdfDict, type PdfStream } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { dictAt, nameAt, numbersAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import { PdfString } from '@tu-esign/verifier/pdf/objects/strings.ts';
import { decodeWithin, Unsure } from '@tu-esign/verifier/page/content-budget.ts';
import { initialState } from '@tu-esign/verifier/page/graphics-state.ts';
import { noLetters, type Letters } from '@tu-esign/verifier/page/drawing.ts';
import { noteContent } from '@tu-esign/verifier/page/interpreter.ts';
import { inherited, normalAppearance, type Annotation } from './widgets.ts';

const endless: Box = { left: -1e9, bottom: -1e9, right: 1e9, top: 1e9 };

/** Whether content draws anything, and whether anything that hides what is below, be it white. */
const notes = (form: PdfStream, letters: Letters | undefined): boolean => {
  const boxes: Box[] = [];
  const budget = { operations: 0, bytes: 0 };
  const scene = { resources: dictAt(form.dict, 'Resources'), boxes, budget, depth: 0, letters };
  noteContent(decodeWithin(budget, form), scene, initialState(identity, endless));
  return boxes.length > 0;
};

/** Whether the content of a form draws anything; where that cannot be told, it does. */
export const paintsAnywhere = (form: PdfStream): boolean => {
  try {
    return notes(form, undefined) || notes(form, noLetters(false));
  } catch (error) {
    if (error instanceof Unsure || error instanceof Fault) return true;
    throw error;
  }
};

/** Whether a form draws anything within its own box. */
export const paints = (form: PdfStream): boolean => {
  const box = boxFromNumbers(numbersAt(form.dict, 'BBox', 4));
  return box !== undefined && !isEmpty(box) && paintsAnywhere(form);
};

/** Kinds that viewers draw without an appearance. */
export const drawnAlone: ReadonlySet<string> = new Set(
  'FreeText Line Square Circle Polygon PolyLine Highlight Underline Squiggly StrikeOut Caret Ink Redact Stamp'.split(
    ' ',
  ),
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
