import { decodeStream } from '#pdf/filters/decode-stream.ts';
import { fromLatin1, joinBytes } from '#bytes.ts';
import { PdfArray, PdfStream, type PdfDict } from '#pdf/objects/containers.ts';
import { members } from '#pdf/objects/entries.ts';
import type { PdfObject } from '#pdf/objects/object.ts';

/** Thrown when it cannot be told where a page draws: the whole page then counts as taken. */
export class Unsure extends Error {}

export const mostOperations = 400_000;
const mostContentBytes = 16 << 20;
export interface Budget {
  operations: number;
  bytes: number;
}

/** Decodes a content stream. @throws Unsure when the page's streams together grow too large */
export const decodeWithin = (budget: Budget, stream: PdfStream): Uint8Array => {
  const bytes = decodeStream(stream);
  budget.bytes += bytes.length;
  if (budget.bytes > mostContentBytes) throw new Unsure('The page has too much content');
  return bytes;
};

const streamsOf = (contents: PdfObject | undefined): PdfStream[] =>
  (contents instanceof PdfArray ? members(contents) : [contents]).filter((part) => part instanceof PdfStream);

/** A page's content, whole: its streams end where a token may end (ISO 32000-2, 7.8.2). @throws Unsure as `decodeWithin` */
export const contentOf = (page: PdfDict, budget: Budget): Uint8Array =>
  joinBytes(streamsOf(page.lookup('Contents')).flatMap((stream) => [decodeWithin(budget, stream), fromLatin1('\n')]));
