import type { SignatureField } from '@tu-esign/verifier/pdf/form.ts';
import { numberAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import type { Page } from '@tu-esign/verifier/pdf/page-tree.ts';
import type { EmptyField } from '#writing/fill-field.ts';
import type { Permissions } from './permissions.ts';
import { meetsSeedValue } from './seed-value.ts';
import { createWidgetPlaces, widgetOf, type WidgetPlace } from './widgets.ts';

/** A field of the author's that a signature of ours can go into. */
export interface UsableField extends EmptyField, WidgetPlace {
  name: string;
}

const readOnly = 1;

/** Empty signature fields that may be filled, and that ask for nothing that a signature of ours is not. */
export const findUsableFields = (
  pages: readonly Page[],
  fields: readonly SignatureField[],
  { mayFill }: Permissions,
): UsableField[] => {
  const placeOf = createWidgetPlaces(pages);
  return fields.flatMap((field) => {
    const { name, ref, dict, value } = field;
    const widget = widgetOf(field);
    const place = widget && placeOf(widget);
    const isOpen = value === undefined && !dict.has('V') && mayFill(name) && !((numberAt(dict, 'Ff') ?? 0) & readOnly);
    return place && isOpen && meetsSeedValue(dict) ? [{ name, ref, dict, widget, ...place }] : [];
  });
};
