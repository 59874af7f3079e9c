import { transformBox, viewOf, type Box } from '@tu-esign/verifier/pdf/geometry.ts';
import type { IncrementalUpdate } from './incremental-update.ts';
import type { Page } from '@tu-esign/verifier/pdf/page-tree.ts';
import { PdfArray, type PdfDict } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { dictAt, numberAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import { PdfNumber, PdfRef, type PdfObject } from '@tu-esign/verifier/pdf/objects/object.ts';
import { PdfHexString, PdfLiteralString } from '@tu-esign/verifier/pdf/objects/strings.ts';
import type { PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';
import { readOnly } from './fill-place.ts';

interface Owner {
  update: IncrementalUpdate;
  owner: PdfDict;
  ownerRef: PdfRef;
  /** Arrays that others use as well: they are copied, so that nobody else gets what is added. */
  shared: ReadonlySet<PdfObject>;
}

/** Appends to an array that may be an object of its own, or missing. */
const append = ({ update, owner, ownerRef, shared }: Owner, key: string, ref: PdfRef): void => {
  const entry = owner.get(key);
  const array = owner.lookup(key);
  const whole = new PdfArray(owner.source, [...(array instanceof PdfArray ? array.members() : []), ref]);
  if (entry instanceof PdfRef && array instanceof PdfArray && !shared.has(entry)) return update.rewrite(entry, whole);
  owner.set(key, whole);
  return update.rewrite(ownerRef, owner);
};

const signaturesExist = 1;
const appendOnly = 2;

/** Annotations of pages, and the form's fields, that are one array for several. */
const sharedArrays = ({ catalog }: PdfFile, pages: readonly Page[]): Set<PdfObject> => {
  const form = dictAt(catalog, 'AcroForm');
  const used = [...pages.map(({ dict }) => dict.get('Annots')), form?.get('Fields')];
  const [seen, shared] = [new Set<PdfObject>(), new Set<PdfObject>()];
  for (const entry of used) {
    if (!(entry instanceof PdfRef)) continue;
    if (seen.has(entry)) shared.add(entry);
    seen.add(entry);
  }
  return shared;
};

/** The form, made where there is none, with the field in it (ISO 32000-2, 12.7.3). */
const addToForm = (file: PdfFile, { update, shared }: Pick<Owner, 'update' | 'shared'>, field: PdfRef): void => {
  const { catalog, catalogRef, objects } = file;
  const entry = catalog.get('AcroForm');
  const form = dictAt(catalog, 'AcroForm') ?? objects.dict({});
  const owner = entry instanceof PdfRef && dictAt(catalog, 'AcroForm') ? entry : catalogRef;
  if (owner === catalogRef) catalog.set('AcroForm', form);
  const flags = (numberAt(form, 'SigFlags') ?? 0) | signaturesExist | appendOnly;
  form.set('SigFlags', new PdfNumber(flags));
  update.rewrite(owner, owner === catalogRef ? catalog : form);
  append({ update, owner: form, ownerRef: owner, shared }, 'Fields', field);
  if (owner === catalogRef) update.rewrite(catalogRef, catalog);
};

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
