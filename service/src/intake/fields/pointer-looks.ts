import type { PdfDict, PdfStream } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { nameAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import { PdfName } from '@tu-esign/verifier/pdf/objects/object.ts';
import { textOfAppearance } from './appearance-text.ts';
import { paints } from './draws.ts';
import { appearanceOf, inherited, normalAppearance, visibility, type Annotation } from './widgets.ts';

/** Appearances that some viewers show while the pointer is over an annotation, and while it is pressed (12.5.5). */
export const pointerLooks = ['R', 'D'] as const;

/** Signs for something, which light up. */
const signs = new Set(['Text', 'FileAttachment', 'Sound']);

const isButton = (dict: PdfDict): boolean => {
  const kind = inherited(dict, 'FT');
  return kind instanceof PdfName && kind.text === 'Btn';
};

const isPainted = (form: PdfStream | undefined): form is PdfStream => form !== undefined && paints(form);

/** Whether it says the same, in whatever colours; of a picture that cannot be told. */
const saysSame = (one: PdfStream, other: PdfStream): boolean => {
  const text = textOfAppearance(one, undefined);
  return text !== undefined && text === textOfAppearance(other, undefined);
};

const isSame = (dict: PdfDict, look: PdfStream | undefined): boolean => {
  const normal = normalAppearance(dict);
  if (look === undefined || look === normal) return true;
  const painted = [normal, look].map(isPainted);
  if (painted[0] !== painted[1]) return false;
  if (!painted[0]) return true;
  return (isButton(dict) || signs.has(nameAt(dict, 'Subtype') ?? '')) && saysSame(normal!, look);
};

/** Whether one sees something else of it under the pointer. How a button looks while it is pressed is its own affair. */
export const changesUnderPointer = (annotation: Annotation): boolean => {
  const { dict } = annotation;
  const { shown, printed } = visibility(annotation);
  const looks = isButton(dict) ? (['R'] as const) : pointerLooks;
  return (shown || printed) && looks.some((look) => !isSame(dict, appearanceOf(dict, look)));
};
