import { boxFromNumbers, isEmpty, transformBox, viewOf, type Box } from '@tu-esign/verifier/pdf/geometry.ts';
import { PdfDict } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { arrayAt, dictAt, nameAt, numbersAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import { PdfRef } from '@tu-esign/verifier/pdf/objects/object.ts';
import { PdfString } from '@tu-esign/verifier/pdf/objects/strings.ts';
import type { Page } from '@tu-esign/verifier/pdf/page-tree.ts';
import type { PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';
import { readPlaceName, type PlaceName } from '@tu-esign/verifier/changes/place-names.ts';
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

const boxOn = (page: Page, dict: PdfDict): Box | undefined => {
  const box = boxFromNumbers(numbersAt(dict, 'Rect', 4));
  return box && !isEmpty(box) ? transformBox(viewOf(page).toView, box) : undefined;
};

/** Places of one signatory that the first one's revision has laid, in their order. */
export const readLaidFields = (file: PdfFile, pages: readonly Page[], position: number): LaidField[] => {
  const byAnnotation = new Map(
    pages.flatMap((page) => (arrayAt(page.dict, 'Annots')?.members() ?? []).map((member) => [member, page] as const)),
  );
  const form = dictAt(file.catalog, 'AcroForm');
  const fields = (form && arrayAt(form, 'Fields'))?.members() ?? [];
  return fields.flatMap((ref): LaidField[] => {
    const dict = ref instanceof PdfRef ? file.objects.lookup(ref) : undefined;
    const page = byAnnotation.get(ref);
    if (!(ref instanceof PdfRef && dict instanceof PdfDict && page) || nameAt(dict, 'FT') !== 'Tx') return [];
    const name = textAt(dict, 'T');
    const [of, box] = [readPlaceName(name), boxOn(page, dict)];
    if (!of || of.position !== position || !box || textAt(dict, 'V')) return [];
    return [{ name, of, page, box, field: { ref, dict } }];
  });
};
