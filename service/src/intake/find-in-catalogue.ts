import { toLatin1 } from '@tu-esign/verifier/bytes.ts';
import { Fault } from '@tu-esign/verifier/pdf/fault.ts';
import { decodeStream } from '@tu-esign/verifier/pdf/filters/decode-stream.ts';
import { PdfArray, PdfStream, type PdfDict } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { arrayAt, dictAt, members } from '@tu-esign/verifier/pdf/objects/entries.ts';
import { PdfBoolean, PdfRef, type PdfObject } from '@tu-esign/verifier/pdf/objects/object.ts';
import type { PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';
import type { Note } from './found.ts';

const isTrue = (dict: PdfDict, key: string): boolean => {
  const value = dict.lookup(key);
  return value instanceof PdfBoolean && value.value;
};

const textOf = (part: PdfObject | undefined): string => {
  if (!(part instanceof PdfStream)) return '';
  try {
    const bytes = decodeStream(part);
    return toLatin1(bytes, 0, bytes.length);
  } catch (error) {
    // What cannot be read may say so.
    if (error instanceof Fault) return '<dynamicRender>required</dynamicRender>';
    throw error;
  }
};

/** Its pages are drawn from the XFA form, and the PDF's own pages are there for those who cannot (12.7.8, Annex K). */
const isDynamic = (catalog: PdfDict, form: PdfDict): boolean => {
  if (isTrue(catalog, 'NeedsRendering')) return true;
  if (!arrayAt(form, 'Fields')?.length) return true;
  const xfa = form.lookup('XFA');
  const text = (xfa instanceof PdfArray ? members(xfa) : [xfa]).map(textOf).join('');
  return /<(?:\w+:)?dynamicRender>\s*required/.test(text);
};

const objectOf = (dict: PdfDict, key: string, otherwise: PdfRef): { object: number } => {
  const entry = dict.get(key);
  return { object: (entry instanceof PdfRef ? entry : otherwise).number };
};

/** What the catalogue itself says of how the document is shown. */
export const findInCatalogue = ({ catalog, catalogRef }: PdfFile, note: Note): void => {
  const form = dictAt(catalog, 'AcroForm');
  if (form?.has('XFA')) {
    const place = objectOf(form, 'XFA', catalogRef);
    note(isDynamic(catalog, form) ? 'xfa-dynamic' : 'xfa-static', place);
  }
  if (catalog.has('Collection')) note('portfolio', objectOf(catalog, 'Collection', catalogRef));
};
