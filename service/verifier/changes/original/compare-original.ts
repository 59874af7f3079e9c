import type { DocumentChange } from '#changes/change.ts';
import { judgeAdditions } from '#changes/judge-changes.ts';
import { startsWith } from '#bytes.ts';
import { PdfDict } from '#pdf/objects/containers.ts';
import { arrayAt, dictAt, members, nameAt } from '#pdf/objects/entries.ts';
import type { PdfObject } from '#pdf/objects/object.ts';
import { readPages } from '#pdf/page-tree.ts';
import type { PdfFile } from '#pdf/pdf-file.ts';
import type { Inflater } from '#ports/ports.ts';
import { isKept, isUnchanged } from './compare-pages.ts';
import { isForSignatures } from './new-signatures.ts';
import { createTwins, type Twins } from './twins.ts';

/** A document, compared with what was given to be signed. */
export interface ComparedOriginal {
  /** The original's pages are the first ones, with all that was on them. */
  kept: boolean;
  /** And nothing was done to them or to the document, but what signing does. */
  unchanged: boolean;
  changes: DocumentChange[];
}

const told = (path: string, detail: string): DocumentChange => ({
  kind: 'unexplained',
  allowed: false,
  object: 'trailer',
  path,
  revision: 0,
  detail,
});

/** What is compared by itself, or says nothing that is shown or acts. */
const elsewhere = ['Type', 'Version', 'Extensions', 'Pages', 'AcroForm', 'Metadata', 'DSS', 'Perms', 'PieceInfo'];

const compareCatalogues = (before: PdfFile, after: PdfFile, twins: Twins): DocumentChange[] => {
  const keys = new Set([before, after].flatMap(({ catalog }) => catalog.entries().map(([key]) => key)));
  for (const key of elsewhere) keys.delete(key);
  return [...keys]
    .filter((key) => !twins.areTwins(before.catalog.get(key), after.catalog.get(key)))
    .map((key) => told(`Root/${key}`, 'it is not what it was'));
};

/** What signing adds to a form, and by what fields are drawn: of nobody, where there were none. */
const ofSigning = ['Fields', 'SigFlags'];
const ofDrawing = ['DR', 'DA', 'Q'];

const fieldsOf = (form: PdfDict | undefined): (PdfObject | undefined)[] => members(form && arrayAt(form, 'Fields'));

const isSignatureField = (field: PdfObject | undefined): boolean =>
  field instanceof PdfDict && nameAt(field, 'FT') === 'Sig';

/** Fields that were there are there still, in their order; what is new is for signatures. */
const haveSameFields = (before: PdfDict | undefined, after: PdfDict | undefined, twins: Twins): boolean => {
  const own = fieldsOf(before).filter((field) => !isSignatureField(field));
  const others = fieldsOf(after).filter((field) => !isSignatureField(field));
  return own.length === others.length && own.every((field, at) => twins.areTwins(field, others[at]));
};

const compareForms = (before: PdfFile, after: PdfFile, twins: Twins): DocumentChange[] => {
  const [own, other] = [dictAt(before.catalog, 'AcroForm'), dictAt(after.catalog, 'AcroForm')];
  const none = before.objects.dict({});
  const without = new Set([...ofSigning, ...(fieldsOf(own).length ? [] : ofDrawing)]);
  const isAlike = twins.areAlike(own ?? none, other ?? none, without);
  return isAlike && haveSameFields(own, other, twins) ? [] : [told('Root/AcroForm', 'the form is not what it was')];
};

const comparePages = (before: PdfFile, after: PdfFile): ComparedOriginal => {
  const [own, others] = [readPages(before), readPages(after)];
  const twins = createTwins(own, others);
  const changes: DocumentChange[] = [];
  const lost = own.findIndex((page, at) => !others[at] || !isKept(page, others[at], twins));
  if (lost !== -1)
    return { kept: false, unchanged: false, changes: [told(`page ${lost + 1}`, 'it is not the original’s')] };
  for (const [at, page] of own.entries())
    if (!isUnchanged(page, others[at]!, twins)) changes.push(told(`page ${at + 1}`, 'something was done to it'));
  for (const [at, page] of others.slice(own.length).entries())
    if (at > 0 || !isForSignatures(page, twins)) changes.push(told(`page ${own.length + at + 1}`, 'it was added'));
  changes.push(...compareCatalogues(before, after, twins), ...compareForms(before, after, twins));
  return { kept: true, unchanged: changes.length === 0, changes };
};

/**
 * Compares a document with what was given to be signed: update by update where it begins with it, else page by page, as
 * both are shown.
 * @throws Fault where one cannot be read
 */
export const compareOriginal = (before: PdfFile, after: PdfFile, ports: Inflater): ComparedOriginal => {
  if (!startsWith(after.bytes, before.bytes)) return comparePages(before, after);
  const { allowed, changes } = judgeAdditions(after, before, ports);
  return { kept: allowed || comparePages(before, after).kept, unchanged: allowed, changes };
};
