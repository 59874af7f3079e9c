import { transformBox, viewOf, type Box } from '@tu-esign/verifier/pdf/geometry.ts';
import type { IncrementalUpdate } from './incremental-update.ts';
import type { Page } from '@tu-esign/verifier/pdf/page-tree.ts';
import type { PdfDict } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { PdfNumber, type PdfObject, type PdfRef } from '@tu-esign/verifier/pdf/objects/object.ts';
import { PdfHexString, PdfLiteralString } from '@tu-esign/verifier/pdf/objects/strings.ts';
import type { PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';
import { addToForm, append, sharedArrays } from './add-to-form.ts';
import { readOnly } from './fill-place.ts';

export interface FieldOptions {
  /** Unique among the document's fields. */
  name: string;
  /** What a screen reader says. */
  description: string;
  page: Page;
  /** All of the document's pages. */
  pages: readonly Page[];
  /** Points as shown; null for a field that is not shown. */
  box: Box | null;
  appearance: PdfRef | undefined;
  /** Absent: it is not signed yet. */
  signature?: PdfRef;
  /** Of a text field in place of one for a signature: what it says; empty for one that is filled later. */
  text?: string;
  /** What the signature locks (12.7.5.5). */
  lock?: PdfRef | undefined;
}

const print = 4;
const locked = 128;

const rectangle = (page: Page, box: Box | null): number[] => {
  if (!box) return [0, 0, 0, 0];
  const { left, bottom, right, top } = transformBox(viewOf(page).toPage, box);
  return [left, bottom, right, top].map((value) => Number(value.toFixed(4)));
};

/** How it would be written, if anybody wrote in it. */
const look = PdfLiteralString.of('/Helv 0 Tf 0 g');

const ofText = ({ text }: FieldOptions): Record<string, PdfObject> => ({
  DA: look,
  ...(text && { V: PdfHexString.ofText(text), Ff: new PdfNumber(readOnly) }),
});

const literal = ({ name, description, page, signature, lock }: FieldOptions): Record<string, PdfObject> => ({
  T: PdfHexString.ofText(name),
  TU: PdfHexString.ofText(description),
  P: page.ref,
  ...(signature && { V: signature }),
  ...(lock && { Lock: lock }),
});

/** Adds a field for a signature or a text, its widget on the page (12.7.5.5, 12.5.6.19). */
export const addField = (
  file: PdfFile,
  update: IncrementalUpdate,
  options: FieldOptions,
): { ref: PdfRef; dict: PdfDict } => {
  const { page, box, appearance } = options;
  const { rotation } = viewOf(page);
  const dict = file.objects.dict({
    Type: 'Annot',
    Subtype: 'Widget',
    FT: options.text === undefined ? 'Sig' : 'Tx',
    F: print | locked,
    Rect: rectangle(page, box),
    ...(rotation && { MK: { R: rotation } }),
    ...(appearance && { AP: { N: appearance } }),
    ...literal(options),
    ...(options.text !== undefined && ofText(options)),
  });
  const field = update.add(dict);
  const shared = sharedArrays(file, options.pages);
  append({ update, owner: page.dict, ownerRef: page.ref, shared }, 'Annots', field);
  addToForm(file, { update, shared }, field);
  return { ref: field, dict };
};
