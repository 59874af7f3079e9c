import { PdfDict } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { arrayAt, dictAt, nameAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import { PdfRef } from '@tu-esign/verifier/pdf/objects/object.ts';
import { PdfString } from '@tu-esign/verifier/pdf/objects/strings.ts';
import type { Page } from '@tu-esign/verifier/pdf/page-tree.ts';
import type { PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';
import { readPlaceName, type PlaceName } from '@tu-esign/verifier/changes/place-names.ts';
import { createWidgetPlaces } from '#pades/fields/widgets.ts';
import type { Spot } from './spot.ts';

/** A text field that was laid for a signatory when the first one signed, and is empty yet. */
export interface LaidField extends Spot {
  name: string;
  of: PlaceName;
  field: { ref: PdfRef; dict: PdfDict };
}

const textAt = (dict: PdfDict, key: string): string => {
  const value = dict.lookup(key);
  return value instanceof PdfString ? value.text() : '';
};

/** Places of one signatory that the first one's revision has laid, in their order. */
export const readLaidFields = (file: PdfFile, pages: readonly Page[], position: number): LaidField[] => {
  const placeOf = createWidgetPlaces(pages);
  const form = dictAt(file.catalog, 'AcroForm');
  const fields = (form && arrayAt(form, 'Fields'))?.members() ?? [];
  return fields.flatMap((ref): LaidField[] => {
    const dict = ref instanceof PdfRef ? file.objects.lookup(ref) : undefined;
    if (!(ref instanceof PdfRef && dict instanceof PdfDict) || nameAt(dict, 'FT') !== 'Tx') return [];
    const name = textAt(dict, 'T');
    const of = readPlaceName(name);
    const place = placeOf({ ref, dict });
    if (!place?.box || of?.position !== position || textAt(dict, 'V')) return [];
    return [{ name, of, page: place.page, box: place.box, field: { ref, dict } }];
  });
};
