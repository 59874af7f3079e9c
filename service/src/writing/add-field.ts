import { PDFArray, PDFHexString, PDFRef, type PDFDict, type PDFObject } from '@cantoo/pdf-lib';
import { transformBox, viewOf, type Box } from '@tu-esign/verifier/pdf/geometry.ts';
import type { IncrementalUpdate } from './incremental-update.ts';
import type { Page } from '@tu-esign/verifier/pdf/page-tree.ts';
import { dictAt, name, numberAt } from '@tu-esign/verifier/pdf/pdf-objects.ts';
import type { PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';

/** Appends to an array that may be an object of its own, or missing. */
const append = (
  { update, owner, ownerRef }: { update: IncrementalUpdate; owner: PDFDict; ownerRef: PDFRef },
  key: string,
  ref: PDFRef,
): void => {
  const entry = owner.get(name(key));
  const array = owner.lookup(name(key));
  const whole = PDFArray.withContext(owner.context);
  for (const member of array instanceof PDFArray ? array.asArray() : []) whole.push(member);
  whole.push(ref);
  if (entry instanceof PDFRef && array instanceof PDFArray) return update.rewrite(entry, whole);
  owner.set(name(key), whole);
  return update.rewrite(ownerRef, owner);
};

const signaturesExist = 1;
const appendOnly = 2;

/** The form, made where there is none, with the field in it (ISO 32000-2, 12.7.3). */
const addToForm = (file: PdfFile, update: IncrementalUpdate, field: PDFRef): void => {
  const { catalog, catalogRef, context } = file;
  const entry = catalog.get(name('AcroForm'));
  const form = dictAt(catalog, 'AcroForm') ?? context.obj({});
  const owner = entry instanceof PDFRef && dictAt(catalog, 'AcroForm') ? entry : catalogRef;
  if (owner === catalogRef) catalog.set(name('AcroForm'), form);
  const flags = (numberAt(form, 'SigFlags') ?? 0) | signaturesExist | appendOnly;
  form.set(name('SigFlags'), context.obj(flags));
  update.rewrite(owner, owner === catalogRef ? catalog : form);
  append({ update, owner: form, ownerRef: owner }, 'Fields', field);
  if (owner === catalogRef) update.rewrite(catalogRef, catalog);
};

export interface FieldOptions {
  /** Unique among the document's fields. */
  name: string;
  /** What a screen reader says. */
  description: string;
  page: Page;
  /** Points as shown; null for a field that is not shown. */
  box: Box | null;
  appearance: PDFRef | undefined;
  signature: PDFRef;
}

const print = 4;
const locked = 128;

const rectangle = (page: Page, box: Box | null): number[] => {
  if (!box) return [0, 0, 0, 0];
  const { left, bottom, right, top } = transformBox(viewOf(page).toPage, box);
  return [left, bottom, right, top].map((value) => Number(value.toFixed(4)));
};

const literal = (options: FieldOptions): Record<string, PDFObject> => ({
  T: PDFHexString.fromText(options.name),
  TU: PDFHexString.fromText(options.description),
  P: options.page.ref,
  V: options.signature,
});

/** Adds a signed signature field, its widget on the page (12.7.5.5, 12.5.6.19). */
export const addField = (file: PdfFile, update: IncrementalUpdate, options: FieldOptions): void => {
  const { page, box, appearance } = options;
  const { rotation } = viewOf(page);
  const field = update.add(
    file.context.obj({
      Type: 'Annot',
      Subtype: 'Widget',
      FT: 'Sig',
      F: print | locked,
      Rect: rectangle(page, box),
      ...(rotation && { MK: { R: rotation } }),
      ...(appearance && { AP: { N: appearance } }),
      ...literal(options),
    }),
  );
  append({ update, owner: page.dict, ownerRef: page.ref }, 'Annots', field);
  addToForm(file, update, field);
};
