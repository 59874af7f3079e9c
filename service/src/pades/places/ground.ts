import { placeName, type PlaceName } from '@tu-esign/verifier/changes/place-names.ts';
import { readSignatureFields, type SignatureField } from '@tu-esign/verifier/pdf/form.ts';
import { readPages, type Page } from '@tu-esign/verifier/pdf/page-tree.ts';
import type { PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';
import { findUsableFields, type UsableField } from '#pades/fields/empty-fields.ts';
import { readPermissions, type Permissions } from '#pades/fields/permissions.ts';
import { createWidgetPlaces, widgetOf } from '#pades/fields/widgets.ts';
import type { Spot } from './spot.ts';

/** A document, and what is to be known of it before anything is put into it. */
export interface Ground {
  file: PdfFile;
  pages: Page[];
  fields: SignatureField[];
  signed: boolean;
  permissions: Permissions;
  empty: UsableField[];
}

export const readGround = (file: PdfFile): Ground => {
  const [pages, fields] = [readPages(file), readSignatureFields(file)];
  const permissions = readPermissions(file, fields);
  const signed = fields.some(({ value }) => value !== undefined);
  return { file, pages, fields, signed, permissions, empty: findUsableFields(pages, fields, permissions) };
};

/** A field of the service's own, to be added: its name says whose it is, and what for. */
export interface NewPlace extends Spot {
  of: PlaceName;
  name: string;
}

export const newPlace = (spot: Spot, of: PlaceName): NewPlace => ({ ...spot, of, name: placeName(of) });

/** Where others have signed, as far as that is seen. */
export const signedSpots = ({ pages, fields }: Ground): Spot[] => {
  const placeOf = createWidgetPlaces(pages);
  return fields.flatMap((field): Spot[] => {
    const widget = field.value && widgetOf(field);
    const place = widget && placeOf(widget);
    return place?.box ? [{ page: place.page, box: place.box }] : [];
  });
};
