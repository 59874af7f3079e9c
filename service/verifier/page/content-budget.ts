import { decodeStream } from '#pdf/filters/decode-stream.ts';
import type { PdfStream } from '#pdf/objects/containers.ts';

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
