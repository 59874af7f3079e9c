import { equalBytes, fromLatin1, joinBytes, toLatin1 } from '#bytes.ts';
import { decodeStream } from '#pdf/filters/decode-stream.ts';
import { PdfArray, PdfDict, PdfStream } from '#pdf/objects/containers.ts';
import { members } from '#pdf/objects/entries.ts';
import type { PdfObject } from '#pdf/objects/object.ts';
import type { Page } from '#pdf/page-tree.ts';
import { haveSameAnnotations } from './new-signatures.ts';
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

/** Each resource is there still: what it names is what it was. */
const hasResources = (own: PdfDict, other: PdfDict | undefined, twins: Twins): boolean =>
  own.entries().every(([category, value]) => {
    const [one, two] = [own.source.lookup(value), other?.lookup(category)];
    if (!(one instanceof PdfDict)) return true;
    return two instanceof PdfDict
      ? one.entries().every(([key, named]) => twins.areTwins(named, two.get(key)))
      : one.entries().length === 0;
  });

/** What is named anew is drawn wherever the content had asked for such a name, and nothing was there. */
const namesMore = ({ resources: own }: Page, { resources: others }: Page): boolean =>
  (others?.entries() ?? []).some(([category, value]) => {
    const [one, two] = [own?.lookup(category), others!.source.lookup(value)];
    return two instanceof PdfDict && two.entries().some(([key]) => !(one instanceof PdfDict && one.has(key)));
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

/** Whether nothing was drawn on a page that is kept, but signatures. */
export const isUnchanged = (before: Page, after: Page, twins: Twins): boolean => {
  const [one, other] = [readContent(before), readContent(after)];
  const isSame = one && other ? equalBytes(one, other) : sameStreams(before, after, twins);
  const isAlike = isSame && !namesMore(before, after) && twins.areAlike(before.dict, after.dict, elsewhere);
  return isAlike && haveSameAnnotations(before, after, twins);
};
