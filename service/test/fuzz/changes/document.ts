import { PdfArray, PdfDict, PdfStream } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { PdfRef, type PdfObject } from '@tu-esign/verifier/pdf/objects/object.ts';
import { readSignatureFields } from '@tu-esign/verifier/pdf/form.ts';
import { pagesNode, readPages, type Page } from '@tu-esign/verifier/pdf/page-tree.ts';
import type { PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';
import { open } from './append-update.ts';

/** A signed document, as who changes it looks at it. */
export interface Signed {
  pdf: Uint8Array;
  file: PdfFile;
  catalog: { number: number; dict: PdfDict };
  pages: { number: number; dict: PdfDict };
  page: Page;
  /** A stream that draws the first page. */
  content: number | undefined;
  /** The newest signed field. */
  field: { number: number; dict: PdfDict };
  /** The first free object number. */
  next: number;
}

const contentOf = ({ dict }: Page): number | undefined => {
  const entry = dict.get('Contents');
  const list = dict.lookup('Contents');
  const first = list instanceof PdfArray ? list.get(0) : entry;
  return first instanceof PdfRef ? first.number : undefined;
};

export const inspect = (pdf: Uint8Array): Signed => {
  const file = open(pdf);
  const [page] = readPages(file);
  const root = pagesNode(file);
  const field = readSignatureFields(file).findLast(({ value }) => value)!;
  return {
    pdf,
    file,
    catalog: { number: file.catalogRef.number, dict: file.catalog },
    pages: { number: root.ref.number, dict: root.dict },
    page: page!,
    content: contentOf(page!),
    field: { number: field.ref.number, dict: field.dict },
    next: file.objects.largestNumber + 1,
  };
};

/** The same dictionary, as text, with entries that are replaced, added, or (undefined) left out. */
export const withEntries = (dict: PdfDict, entries: Record<string, string | undefined>): string => {
  const all = new Map<string, string>(dict.entries().map(([key, value]) => [key, value.toString()]));
  for (const [key, value] of Object.entries(entries)) {
    if (value === undefined) all.delete(key);
    else all.set(key, value);
  }
  return `<< ${Array.from(all, ([key, value]) => `/${key} ${value}`).join(' ')} >>`;
};

export const asDict = (object: PdfObject | undefined): PdfDict | undefined =>
  object instanceof PdfStream ? object.dict : object instanceof PdfDict ? object : undefined;

/** The members of an array as text, and more. */
export const listWith = (dict: PdfDict, key: string, ...more: string[]): string => {
  const list = dict.lookup(key);
  const known = list instanceof PdfArray ? list.members().map(String) : [];
  return `[ ${[...known, ...more].join(' ')} ]`;
};
