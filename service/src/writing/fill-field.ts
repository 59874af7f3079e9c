import type { PdfDict } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { dictAt, numberAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import { PdfNumber, PdfRef } from '@tu-esign/verifier/pdf/objects/object.ts';
import type { PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';
import type { IncrementalUpdate } from './incremental-update.ts';

/** A signature field that an author has left empty, and the widget that it is seen by: one object, or two. */
export interface EmptyField {
  ref: PdfRef;
  dict: PdfDict;
  widget: { ref: PdfRef; dict: PdfDict };
}

const signaturesExist = 1;
const appendOnly = 2;

/** Form flags that say that it is signed (ISO 32000-2, 12.7.3). */
const markForm = ({ catalog, catalogRef }: PdfFile, update: IncrementalUpdate): void => {
  const form = dictAt(catalog, 'AcroForm')!;
  const flags = numberAt(form, 'SigFlags') ?? 0;
  if ((flags & signaturesExist) !== 0 && (flags & appendOnly) !== 0) return;
  form.set('SigFlags', new PdfNumber(flags | signaturesExist | appendOnly));
  const entry = catalog.get('AcroForm');
  if (entry instanceof PdfRef) update.rewrite(entry, form);
  else update.rewrite(catalogRef, catalog);
};

const hidden = 2;
const print = 4;
const noView = 32;

/** Signs a field that is there: its value, and what its widget shows, within the rectangle that it has. */
export const fillField = (
  file: PdfFile,
  update: IncrementalUpdate,
  { field, signature, appearance }: { field: EmptyField; signature: PdfRef; appearance: PdfRef | undefined },
): void => {
  field.dict.set('V', signature);
  update.rewrite(field.ref, field.dict);
  markForm(file, update);
  if (!appearance) return;
  const { widget } = field;
  const flags = numberAt(widget.dict, 'F') ?? 0;
  const seen = (flags | print) & ~(hidden | noView);
  if (seen !== flags) widget.dict.set('F', new PdfNumber(seen));
  widget.dict.set('AP', file.objects.dict({ N: appearance }));
  update.rewrite(widget.ref, widget.dict);
};
