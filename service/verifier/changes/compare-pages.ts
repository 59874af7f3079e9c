import { equalBytes, toLatin1 } from '#bytes.ts';
import { createDigest } from './object-digest.ts';
import { printPage, type AnnotationPrint, type PagePrint } from './page-print.ts';
import { readPages } from '#pdf/page-tree.ts';
import type { PdfFile } from '#pdf/pdf-file.ts';
import type { Cryptography } from '#ports/ports.ts';

/** What may have been done to pages since. */
export interface AllowedChanges {
  /** Fields of forms filled in. */
  fill: boolean;
  /** Annotations added, changed or removed. */
  annotate: boolean;
}

export interface ComparedPages {
  /** They are the first pages of the other file, with all that was on them. */
  kept: boolean;
  /** And nothing was drawn on them, but what is allowed. */
  unchanged: boolean;
  /** Pages behind them. */
  added: number;
}

// The engine's search through texts is never slow, as one of our own would be for content that is made for it.
const includes = (whole: Uint8Array, part: Uint8Array): boolean =>
  equalBytes(whole, part) || toLatin1(whole).includes(toLatin1(part));

const isKept = (before: PagePrint, after: PagePrint): boolean =>
  before.frame === after.frame &&
  includes(after.content, before.content) &&
  [...before.resources].every(([key, digest]) => after.resources.get(key) === digest);

/** Whether each annotation is there in the other page, one for one; what must be the same of it is said by kind. */
const areThere = (before: AnnotationPrint[], after: AnnotationPrint[], { fill }: AllowedChanges): boolean => {
  const left = [...after];
  return before.every(({ digest, place, kind }) => {
    const mayDiffer = kind === 'empty' || (kind === 'field' && fill);
    const at = left.findIndex((other) => (mayDiffer ? other.place === place : other.digest === digest));
    return at !== -1 && left.splice(at, 1).length === 1;
  });
};

/** Whether what is new is signed fields alone. */
const areSignatures = (before: AnnotationPrint[], after: AnnotationPrint[], { fill }: AllowedChanges): boolean => {
  const [digests, places] = [new Set(before.map(({ digest }) => digest)), new Set(before.map(({ place }) => place))];
  return after.every(
    ({ digest, place, kind }) =>
      digests.has(digest) ||
      kind === 'signature' ||
      kind === 'empty' ||
      (fill && kind === 'field' && places.has(place)),
  );
};

const isUnchanged = (before: PagePrint, after: PagePrint, allowed: AllowedChanges): boolean =>
  equalBytes(before.content, after.content) &&
  (allowed.annotate ||
    (areThere(before.annotations, after.annotations, allowed) &&
      areSignatures(before.annotations, after.annotations, allowed)));

const layers = ({ catalog }: PdfFile) => catalog.get('OCProperties');

/**
 * Compares the pages of a file with the first ones of another: boxes, content streams as they are decoded, all named
 * resources by value, annotations, and which layers are shown (ISO 32000-2, 8.11.4). Nothing else is.
 * @throws Fault where either cannot be read
 */
export const comparePages = (
  { before, after }: { before: PdfFile; after: PdfFile },
  allowed: AllowedChanges,
  ports: Cryptography,
): ComparedPages => {
  const [own, other] = [readPages(before), readPages(after)];
  const [digestOwn, digestOther] = [createDigest(own, ports), createDigest(other, ports)];
  const added = other.length - own.length;
  let unchanged = digestOwn(layers(before)) === digestOther(layers(after));
  for (const [place, page] of own.entries()) {
    const twin = other[place];
    if (!twin) return { kept: false, unchanged: false, added };
    const [print, twinPrint] = [printPage(page, digestOwn), printPage(twin, digestOther)];
    if (!isKept(print, twinPrint)) return { kept: false, unchanged: false, added };
    unchanged &&= isUnchanged(print, twinPrint, allowed);
  }
  return { kept: true, unchanged, added };
};
