import { fromLatin1, joinBytes } from '#bytes.ts';
import { decodeStream } from '#pdf/filters/decode-stream.ts';
import { PdfArray, PdfDict, PdfStream } from '#pdf/objects/containers.ts';
import { arrayAt, dictAt, members, nameAt } from '#pdf/objects/entries.ts';
import { PdfName, type PdfObject } from '#pdf/objects/object.ts';
import type { Page } from '#pdf/page-tree.ts';
import type { DigestObject } from './object-digest.ts';

/** What of a page is compared. */
export interface PagePrint {
  /** Boxes, rotation, unit. */
  frame: string;
  /** The content streams, decoded, one behind the other. */
  content: Uint8Array;
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
const tryDecode = (stream: PdfStream): Uint8Array => {
  try {
    return decodeStream(stream);
  } catch {
    return stream.contents;
  }
};

const decode = (stream: PdfObject | undefined): Uint8Array => {
  if (!(stream instanceof PdfStream)) return new Uint8Array(0);
  const text = tryDecode(stream);
  let end = text.length;
  // Where one stream ends and the next begins is white space, and whoever writes anew writes his own.
  while (end > 0 && [0, 9, 10, 12, 13, 32].includes(text[end - 1]!)) end -= 1;
  return text.subarray(0, end);
};

const readContent = ({ dict }: Page): Uint8Array => {
  const contents = dict.lookup('Contents');
  const streams = contents instanceof PdfArray ? members(contents) : [contents];
  return joinBytes(streams.flatMap((stream, index) => [fromLatin1(index ? '\n' : ''), decode(stream)]));
};

const readResources = ({ resources }: Page, digest: DigestObject): Map<string, string> => {
  const entries = (resources?.entries() ?? []).flatMap(([category, own]) => {
    const named = resources!.source.lookup(own);
    if (!(named instanceof PdfDict)) return [];
    return named.entries().map(([key, value]): [string, string] => [`${category}/${key}`, digest(value)]);
  });
  return new Map(entries);
};

/** A field's type and value may be its parent's (ISO 32000-2, 12.7.4.1). */
const fieldEntry = (widget: PdfDict, key: string): PdfObject | undefined =>
  widget.lookup(key) ?? dictAt(widget, 'Parent')?.lookup(key);

const kindOf = (annotation: PdfDict): AnnotationPrint['kind'] => {
  if (nameAt(annotation, 'Subtype') !== 'Widget') return 'annotation';
  const type = fieldEntry(annotation, 'FT');
  if (!(type instanceof PdfName && type.text === 'Sig')) return 'field';
  return fieldEntry(annotation, 'V') ? 'signature' : 'empty';
};

const readAnnotations = ({ dict }: Page, digest: DigestObject): AnnotationPrint[] =>
  members(arrayAt(dict, 'Annots'))
    .filter((annotation) => annotation instanceof PdfDict)
    .map((annotation) => ({
      digest: digest(annotation),
      place: digest(annotation.get('Rect')),
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
