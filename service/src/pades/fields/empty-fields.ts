import type { SignatureField } from '@tu-esign/verifier/pdf/form.ts';
import { boxFromNumbers, isEmpty, transformBox, viewOf, type Box } from '@tu-esign/verifier/pdf/geometry.ts';
import { PdfDict } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { arrayAt, nameAt, numberAt, numbersAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import { PdfRef } from '@tu-esign/verifier/pdf/objects/object.ts';
import type { Page } from '@tu-esign/verifier/pdf/page-tree.ts';
import type { EmptyField } from '#writing/fill-field.ts';
import type { Permissions } from './permissions.ts';
import { meetsSeedValue } from './seed-value.ts';

/** A field of the author's that a signature of ours can go into. */
export interface UsableField extends EmptyField {
  name: string;
  page: Page;
  /** Points as shown; null for one that is not seen. */
  box: Box | null;
}

const readOnly = 1;

/** The one widget of a field: itself, or its only kid. */
const widgetOf = ({ ref, dict }: SignatureField): EmptyField['widget'] | undefined => {
  if (nameAt(dict, 'Subtype') === 'Widget' || dict.has('Rect')) return { ref, dict };
  const kids = arrayAt(dict, 'Kids');
  const kid = kids?.get(0);
  const widget = kids?.lookup(0);
  return kids?.length === 1 && kid instanceof PdfRef && widget instanceof PdfDict
    ? { ref: kid, dict: widget }
    : undefined;
};

const isOn = ({ dict }: Page, widget: PdfRef): boolean => arrayAt(dict, 'Annots')?.members().includes(widget) ?? false;

/** Empty signature fields that may be filled, and that ask for nothing that a signature of ours is not. */
export const findUsableFields = (
  pages: readonly Page[],
  fields: readonly SignatureField[],
  { mayFill }: Permissions,
): UsableField[] =>
  fields.flatMap((field) => {
    const { name, ref, dict, value } = field;
    const widget = widgetOf(field);
    const page = widget && pages.find((own) => isOn(own, widget.ref));
    const isOpen = value === undefined && !dict.has('V') && mayFill(name) && !((numberAt(dict, 'Ff') ?? 0) & readOnly);
    if (!page || !isOpen || !meetsSeedValue(dict)) return [];
    const box = boxFromNumbers(numbersAt(widget.dict, 'Rect', 4));
    const shown = box && !isEmpty(box) ? transformBox(viewOf(page).toView, box) : null;
    return [{ name, ref, dict, widget, page, box: shown }];
  });
