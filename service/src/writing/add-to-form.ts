import type { Page } from '@tu-esign/verifier/pdf/page-tree.ts';
import { PdfArray, type PdfDict } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { dictAt, numberAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import { PdfNumber, PdfRef, type PdfObject } from '@tu-esign/verifier/pdf/objects/object.ts';
import type { PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';
import type { IncrementalUpdate } from './incremental-update.ts';

interface Owner {
  update: IncrementalUpdate;
  owner: PdfDict;
  ownerRef: PdfRef;
  /** Arrays that others use as well: they are copied, so that nobody else gets what is added. */
  shared: ReadonlySet<PdfObject>;
}

/** Appends to an array that may be an object of its own, or missing. */
export const append = ({ update, owner, ownerRef, shared }: Owner, key: string, ref: PdfRef): void => {
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
export const sharedArrays = ({ catalog }: PdfFile, pages: readonly Page[]): Set<PdfObject> => {
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
export const addToForm = (file: PdfFile, { update, shared }: Pick<Owner, 'update' | 'shared'>, field: PdfRef): void => {
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
