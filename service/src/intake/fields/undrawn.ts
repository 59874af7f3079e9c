import type { PdfDict } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { arrayAt, dictAt, nameAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import { PdfName } from '@tu-esign/verifier/pdf/objects/object.ts';
import { textAt, valueOf } from './field-value.ts';
import { fieldFlag, flagsOf, inherited, normalAppearance, optionsOf, type Annotation } from './widgets.ts';

/** Fields without an appearance: most viewers make one up, and pdf.js, by which the element shows a page, none. */

export const kindOf = (field: PdfDict): string => {
  const kind = inherited(field, 'FT');
  return kind instanceof PdfName ? kind.text : '';
};

export const isPushButton = (field: PdfDict): boolean =>
  kindOf(field) === 'Btn' && (flagsOf(field) & fieldFlag.pushButton) !== 0;

/** What a push button says. */
export const captionOf = (button: PdfDict): string[] => {
  const look = dictAt(button, 'MK');
  return [look ? textAt(look, 'CA') : ''].filter((text) => text !== '');
};

const isOn = (box: PdfDict): boolean => {
  const value = inherited(box, 'V');
  const states = [value instanceof PdfName ? value.text : 'Off', nameAt(box, 'AS') ?? 'Off'];
  return !dictAt(box, 'AP')?.has('N') && states.some((state) => state !== 'Off');
};

/** What a list shows is all that may be chosen, and what is chosen may be told by its place. */
const isChosenFrom = (field: PdfDict): boolean =>
  valueOf(field, 'Ch').length > 0 ||
  (arrayAt(field, 'I')?.length ?? 0) > 0 ||
  (!(flagsOf(field) & fieldFlag.combo) && optionsOf(field).length > 0);

const says = (field: PdfDict): boolean => {
  const kind = kindOf(field);
  if (kind === 'Tx') return valueOf(field, kind).length > 0;
  if (kind === 'Ch') return isChosenFrom(field);
  if (kind !== 'Btn') return false;
  return isPushButton(field) ? captionOf(field).length > 0 : isOn(field);
};

/** Whether some viewers show words or a tick where others show nothing. */
export const isSaidBySome = ({ dict }: Annotation): boolean => !normalAppearance(dict) && says(dict);

/** Whether some viewers draw a frame, or something behind it, where others draw nothing. */
export const isFramedBySome = ({ dict }: Annotation): boolean => {
  const look = dictAt(dict, 'MK');
  return (
    !normalAppearance(dict) && look !== undefined && ['BG', 'BC'].some((key) => (arrayAt(look, key)?.length ?? 0) > 0)
  );
};
