import { equalBytes, fromLatin1, joinBytes, toLatin1 } from '#bytes.ts';
import { decodeStream } from '#pdf/filters/decode-stream.ts';
import { boxFromNumbers, visibleBox } from '#pdf/geometry.ts';
import { PdfArray, PdfDict, PdfStream } from '#pdf/objects/containers.ts';
import { arrayAt, dictAt, members, nameAt, numbersAt } from '#pdf/objects/entries.ts';
import { PdfName, type PdfObject } from '#pdf/objects/object.ts';
import type { Page } from '#pdf/page-tree.ts';
import type { Twins } from './twins.ts';

/** Undefined where it cannot be decoded. */
const decode = (stream: PdfObject | undefined): Uint8Array | undefined => {
  if (!(stream instanceof PdfStream)) return stream === undefined ? new Uint8Array(0) : undefined;
  const text = decodeStream(stream);
  let end = text.length;
  // Where one stream ends and the next begins is white space, and whoever writes anew writes his own.
  while (end > 0 && [0, 9, 10, 12, 13, 32].includes(text[end - 1]!)) end -= 1;
  return text.subarray(0, end);
};

const streamsOf = ({ dict }: Page): (PdfObject | undefined)[] => {
  const contents = dict.lookup('Contents');
  return contents instanceof PdfArray ? members(contents) : [contents];
};

/** The content streams, decoded, one behind the other; undefined where they cannot be decoded. */
const readContent = (page: Page): Uint8Array | undefined => {
  try {
    const parts = streamsOf(page).map(decode);
    if (parts.includes(undefined)) return undefined;
    return joinBytes(parts.flatMap((part, index) => [fromLatin1(index ? '\n' : ''), part!]));
  } catch {
    return undefined;
  }
};

/** Streams that nobody can decode are the same to the letter, or not at all. */
const sameStreams = (one: Page, other: Page, twins: Twins): boolean => {
  const [own, others] = [streamsOf(one), streamsOf(other)];
  return own.length === others.length && own.every((stream, at) => twins.areTwins(stream, others[at]));
};

const frameOf = ({ mediaBox, cropBox, rotate = 0, userUnit }: Page): string =>
  JSON.stringify([mediaBox, cropBox ?? mediaBox, rotate, userUnit]);

const hasResources = (own: PdfDict, other: PdfDict | undefined, twins: Twins): boolean =>
  own.entries().every(([category, value]) => {
    const [one, two] = [own.source.lookup(value), other?.lookup(category)];
    if (!(one instanceof PdfDict)) return true;
    return two instanceof PdfDict
      ? one.entries().every(([key, named]) => twins.areTwins(named, two.get(key)))
      : one.entries().length === 0;
  });

// The engine's search through texts is never slow, as one of our own would be for content that is made for it.
const includes = (whole: Uint8Array, part: Uint8Array): boolean =>
  equalBytes(whole, part) || toLatin1(whole).includes(toLatin1(part));

/** Whether a page has all that another one had; more may have been drawn around it. */
export const isKept = (before: Page, after: Page, twins: Twins): boolean => {
  if (frameOf(before) !== frameOf(after)) return false;
  const [one, other] = [readContent(before), readContent(after)];
  const isThere = one && other ? includes(other, one) : sameStreams(before, after, twins);
  return isThere && (!before.resources || hasResources(before.resources, after.resources, twins));
};

/** What is compared by itself, leads up, or is of nobody who reads. */
const elsewhere = new Set(
  `Parent Contents Annots Resources MediaBox CropBox Rotate UserUnit LastModified PieceInfo Metadata Thumb`.split(
    /\s+/,
  ),
);

/** A field's type and value may be its parent's (ISO 32000-2, 12.7.4.1). */
const fieldEntry = (widget: PdfDict, key: string): PdfObject | undefined =>
  widget.lookup(key) ?? dictAt(widget, 'Parent')?.lookup(key);

const isSignature = (annotation: PdfObject | undefined): annotation is PdfDict => {
  if (!(annotation instanceof PdfDict) || nameAt(annotation, 'Subtype') !== 'Widget') return false;
  const type = fieldEntry(annotation, 'FT');
  return type instanceof PdfName && type.text === 'Sig';
};

/** What is done to an empty field when it is signed. */
const whenSigned = new Set(['V', 'AP', 'F', 'M', 'MK', 'DA', 'P', 'Ff', 'AS']);

const isSignedNow = (before: PdfObject | undefined, after: PdfObject | undefined, twins: Twins): boolean =>
  isSignature(before) &&
  isSignature(after) &&
  fieldEntry(before, 'V') === undefined &&
  fieldEntry(after, 'V') !== undefined &&
  twins.areAlike(before, after, whenSigned);

const areaOf = (numbers: number[] | undefined): number => {
  const box = boxFromNumbers(numbers);
  return box ? (box.right - box.left) * (box.top - box.bottom) : 0;
};

/** Signatures that cover most of a page, one or all together, hide it. */
const mostCovered = 0.5;

const isNewSignature = (annotation: PdfObject | undefined): annotation is PdfDict => {
  if (!isSignature(annotation) || fieldEntry(annotation, 'V') === undefined) return false;
  return !['A', 'AA', 'OC'].some((key) => annotation.has(key));
};

const coverMost = (annotations: readonly PdfDict[], page: Page): boolean => {
  const { left, right, bottom, top } = visibleBox(page);
  const area = annotations.reduce((sum, annotation) => sum + areaOf(numbersAt(annotation, 'Rect', 4)), 0);
  return area > mostCovered * (right - left) * (top - bottom);
};

/** Each annotation is there still, in its order; what is new is signatures. */
const haveSameAnnotations = (before: Page, after: Page, twins: Twins): boolean => {
  const [own, others] = [before, after].map(({ dict }) => members(arrayAt(dict, 'Annots'))) as [
    (PdfObject | undefined)[],
    (PdfObject | undefined)[],
  ];
  let at = 0;
  const added: PdfDict[] = [];
  for (const other of others) {
    const isNext = at < own.length && (twins.areTwins(own[at], other) || isSignedNow(own[at], other, twins));
    if (isNext) at += 1;
    else if (isNewSignature(other)) added.push(other);
    else return false;
  }
  return at === own.length && !coverMost(added, after);
};

/** Whether nothing was drawn on a page that is kept, but signatures. */
export const isUnchanged = (before: Page, after: Page, twins: Twins): boolean => {
  const [one, other] = [readContent(before), readContent(after)];
  const isSame = one && other ? equalBytes(one, other) : sameStreams(before, after, twins);
  return isSame && twins.areAlike(before.dict, after.dict, elsewhere) && haveSameAnnotations(before, after, twins);
};

/** Whether a page shows nothing but signatures. */
export const isForSignatures = (page: Page): boolean =>
  !['Contents', 'AA', 'Group'].some((key) => page.dict.has(key)) &&
  members(arrayAt(page.dict, 'Annots')).every((annotation) => isSignature(annotation));
