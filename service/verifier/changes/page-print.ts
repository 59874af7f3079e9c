import { PDFArray, PDFDict, PDFRawStream, PDFRef, type PDFObject } from '@cantoo/pdf-lib';
import { decodeStream } from '#pdf/decode-stream.ts';
import type { DigestObject } from './object-digest.ts';
import type { Page } from '#pdf/page-tree.ts';
import { arrayAt, dictAt, members, name, nameAt } from '#pdf/pdf-objects.ts';

/** What of a page is compared. */
export interface PagePrint {
  /** Boxes, rotation, unit. */
  frame: string;
  /** The content streams, decoded, one behind the other. */
  content: Buffer;
  /** Digest of each named resource, by category and name. */
  resources: Map<string, string>;
  annotations: AnnotationPrint[];
}

export interface AnnotationPrint {
  digest: string;
  /** Digest of its place: what a form's field keeps when it is filled in. */
  place: string;
  /** `field` may be filled in; `signature` is a signed field; `empty` a field for a signature to come. */
  kind: 'annotation' | 'field' | 'signature' | 'empty';
}

/** What cannot be decoded is compared as it is. */
const tryDecode = (stream: PDFRawStream): Uint8Array => {
  try {
    return decodeStream(stream);
  } catch {
    return stream.contents;
  }
};

const decode = (stream: PDFObject | undefined): Buffer => {
  if (!(stream instanceof PDFRawStream)) return Buffer.alloc(0);
  const text = Buffer.from(tryDecode(stream));
  let end = text.length;
  // Where one stream ends and the next begins is white space, and whoever writes anew writes his own.
  while (end > 0 && [0, 9, 10, 12, 13, 32].includes(text[end - 1]!)) end -= 1;
  return text.subarray(0, end);
};

const readContent = ({ dict }: Page): Buffer => {
  const contents = dict.lookup(name('Contents'));
  const streams = contents instanceof PDFArray ? members(contents) : [contents];
  return Buffer.concat(streams.flatMap((stream, index) => [Buffer.from(index ? '\n' : ''), decode(stream)]));
};

const readResources = ({ resources }: Page, digest: DigestObject): Map<string, string> => {
  const entries = (resources?.entries() ?? []).flatMap(([category, own]) => {
    const named = own instanceof PDFRef ? resources!.lookup(category) : own;
    if (!(named instanceof PDFDict)) return [];
    return named
      .entries()
      .map(([key, value]): [string, string] => [`${category.decodeText()}/${key.decodeText()}`, digest(value)]);
  });
  return new Map(entries);
};

/** A field's type and value may be its parent's (ISO 32000-2, 12.7.4.1). */
const fieldEntry = (widget: PDFDict, key: string): PDFObject | undefined =>
  widget.lookup(name(key)) ?? dictAt(widget, 'Parent')?.lookup(name(key));

const kindOf = (annotation: PDFDict): AnnotationPrint['kind'] => {
  if (nameAt(annotation, 'Subtype') !== 'Widget') return 'annotation';
  if (fieldEntry(annotation, 'FT') !== name('Sig')) return 'field';
  return fieldEntry(annotation, 'V') ? 'signature' : 'empty';
};

const readAnnotations = ({ dict }: Page, digest: DigestObject): AnnotationPrint[] =>
  members(arrayAt(dict, 'Annots'))
    .filter((annotation) => annotation instanceof PDFDict)
    .map((annotation) => ({
      digest: digest(annotation),
      place: digest(annotation.get(name('Rect'))),
      kind: kindOf(annotation),
    }));

/** What of a page is compared with another. @throws Fault where it cannot be read */
export const printPage = (page: Page, digest: DigestObject): PagePrint => {
  const { mediaBox, cropBox, rotate = 0, userUnit } = page;
  return {
    frame: JSON.stringify([mediaBox, cropBox ?? mediaBox, rotate, userUnit]),
    content: readContent(page),
    resources: readResources(page, digest),
    annotations: readAnnotations(page, digest),
  };
};
