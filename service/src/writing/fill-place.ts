import type { PdfDict } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { numberAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import { PdfNumber, type PdfRef } from '@tu-esign/verifier/pdf/objects/object.ts';
import { PdfHexString } from '@tu-esign/verifier/pdf/objects/strings.ts';
import type { PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';
import type { IncrementalUpdate } from './incremental-update.ts';

/** Bit of /Ff (ISO 32000-2, 12.7.4.1). */
export const readOnly = 1;

/** Fills a text field that was laid for it: what it says, what it shows, and that nobody fills it anew. */
export const fillPlace = (
  { file, update }: { file: PdfFile; update: IncrementalUpdate },
  {
    field: { ref, dict },
    value,
    appearance,
  }: { field: { ref: PdfRef; dict: PdfDict }; value: string; appearance: PdfRef },
): void => {
  dict.set('V', PdfHexString.ofText(value));
  dict.set('Ff', new PdfNumber((numberAt(dict, 'Ff') ?? 0) | readOnly));
  dict.set('AP', file.objects.dict({ N: appearance }));
  update.rewrite(ref, dict);
};
