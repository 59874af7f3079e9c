import type { DocumentFindingName } from '@tu-esign/contract';
import { boxFromNumbers, isEmpty } from '@tu-esign/verifier/pdf/geometry.ts';
import { PdfDict, PdfStream } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { dictAt, nameAt, numbersAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import { PdfBoolean, PdfName, PdfRef } from '@tu-esign/verifier/pdf/objects/object.ts';
import type { PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';
import { textOfAppearance } from '#intake/fields/appearance-text.ts';
import { valueOf } from '#intake/fields/field-value.ts';
import { isFramedBySome, isPushButton, isSaidBySome, kindOf } from '#intake/fields/undrawn.ts';
import type { Note } from './found.ts';
import {
  fieldFlag,
  flagsOf,
  formOf,
  inherited,
  isWidget,
  normalAppearance,
  visibility,
  type Annotation,
} from '#intake/fields/widgets.ts';

export const isVisible = (widget: Annotation): boolean => {
  const { shown, printed } = visibility(widget);
  const box = boxFromNumbers(numbersAt(widget.dict, 'Rect', 4));
  return (shown || printed) && box !== undefined && !isEmpty(box);
};

/** Lines are broken and letters joined as it fits. */
const plain = (text: string): string => text.normalize('NFKC').replaceAll(/[\s\p{Cc}\u00AD]/gu, '');

const saysAlike = (form: PdfDict, { dict }: Annotation, kind: string): boolean => {
  const values = valueOf(dict, kind).map(plain);
  const appearance = normalAppearance(dict);
  if (!appearance) return values.every((value) => value === '');
  const text = textOfAppearance(appearance, dictAt(form, 'DR'));
  if (text === undefined) return false;
  // A list shows all that may be chosen.
  const isList = kind === 'Ch' && !(flagsOf(dict) & fieldFlag.combo);
  return isList ? values.every((value) => plain(text).includes(value)) : plain(text) === values.join('');
};

const statesOf = (widget: PdfDict): string[] => {
  const normal = dictAt(widget, 'AP')?.lookup('N');
  return normal instanceof PdfDict
    ? normal.entries().flatMap(([name, state]) => (widget.source.lookup(state) instanceof PdfStream ? [name] : []))
    : [];
};

/** Whether a box is ticked as its value says (12.7.5.2.3). */
const isTickedAlike = ({ dict }: Annotation): boolean => {
  const value = inherited(dict, 'V');
  const wanted = value instanceof PdfName ? value.text : 'Off';
  const own = statesOf(dict).filter((state) => state !== 'Off');
  const state = nameAt(dict, 'AS') ?? 'Off';
  return own.length === 0 || (own.includes(state) ? state === wanted : !own.includes(wanted));
};

export const isAlike = (form: PdfDict, widget: Annotation): boolean => {
  const kind = kindOf(widget.dict);
  const flags = flagsOf(widget.dict);
  if (kind === 'Btn') return isPushButton(widget.dict) || isTickedAlike(widget);
  if (kind === 'Tx' && flags & fieldFlag.password) return true;
  return (kind !== 'Tx' && kind !== 'Ch') || saysAlike(form, widget, kind);
};

/** Whether anybody who has the document may fill it in. */
export const isFillable = ({ dict }: Annotation): boolean => {
  const [kind, flags] = [kindOf(dict), flagsOf(dict)];
  const takesValues = kind === 'Tx' || kind === 'Ch' || (kind === 'Btn' && !isPushButton(dict));
  return takesValues && !(flags & fieldFlag.readOnly);
};

const needsAppearances = (form: PdfDict): boolean => {
  const value = form.lookup('NeedAppearances');
  return value instanceof PdfBoolean && value.value;
};

/** Where viewers draw a field anew, or where there is nothing to draw, some show the value and some what is there. */
const findingOf = (form: PdfDict, widget: Annotation): DocumentFindingName | undefined => {
  const isSame = isAlike(form, widget);
  if (isSaidBySome(widget) || (!isSame && !normalAppearance(widget.dict))) return 'appearances-differ';
  if (isSame) return isFramedBySome(widget) ? 'need-appearances' : undefined;
  return needsAppearances(form) ? 'appearances-differ' : 'values-differ';
};

/** Fields whose value is not what is seen, and those that viewers draw anew, or not. */
export const findValues = (file: PdfFile, annotations: readonly Annotation[], note: Note): void => {
  const form = formOf(file);
  for (const widget of annotations.filter((each) => isWidget(each) && isVisible(each))) {
    if (isFillable(widget)) note('fillable-fields', widget.place);
    const finding = findingOf(form ?? file.objects.dict({}), widget);
    if (finding) note(finding, widget.place);
  }
  if (!form || !needsAppearances(form)) return;
  const entry = file.catalog.get('AcroForm');
  note('need-appearances', { object: (entry instanceof PdfRef ? entry : file.catalogRef).number });
};
