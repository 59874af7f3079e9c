import { constants, inflateSync } from 'node:zlib';
import { PdfArray, PdfName, PdfNumber, PdfStream } from '@libpdf/core';
import { createBudget } from '@tu-esign/verifier/pdf/bounds.ts';
import { ImpossibleFault } from '@tu-esign/verifier/pdf/fault.ts';

/** Decoded bytes of one stream, and of all that the library decodes of a file: they lie outside V8's limit. */
const mostBytes = 64 << 20;
const mostBytesInAll = 256 << 20;
/** Before a filter that multiplies as much, and cannot be stopped. */
const mostEncodedBytes = 256 << 10;
const mostFilters = 2;

const filtersOf = (stream: PdfStream): string[] => {
  const filter = stream.get('Filter');
  const filters = filter instanceof PdfArray ? [...filter] : [filter];
  return filters.flatMap((own) => (own instanceof PdfName ? [own.value] : []));
};

const lengthOf = (error: unknown): number =>
  (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? Infinity : 0;

const inflatedLength = (bytes: Uint8Array): number => {
  try {
    return inflateSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: mostBytes }).length;
  } catch (error) {
    return lengthOf(error);
  }
};

/** How many bytes are decoded of a stream at most. */
const decodedLength = (stream: PdfStream): number => {
  const [first, ...others] = filtersOf(stream);
  const { data } = stream;
  if (first === undefined) return data.length;
  const length = first === 'FlateDecode' ? inflatedLength(data) : data.length;
  const mayMultiply = first !== 'FlateDecode' || others.length > 0;
  const isLarge = length > (mayMultiply ? mostEncodedBytes : mostBytes);
  return isLarge || others.length >= mostFilters ? Infinity : length;
};

/** Entries of a cross-reference stream must take room: the library reads as many as it is told to. */
const takesRoom = (stream: PdfStream): boolean => {
  const widths = stream.get('W');
  if (!(widths instanceof PdfArray)) return true;
  return [0, 1, 2].some((index) => {
    const width = widths.at(index);
    return width instanceof PdfNumber && width.value > 0;
  });
};

const library: { getDecodedData: (this: PdfStream) => Uint8Array } = PdfStream.prototype;
const decode = library.getDecodedData;
let count = createBudget(0);

// The library inflates whatever a stream holds and has no option for a limit: a few hundred kilobytes take gigabytes,
// which no limit on a thread's heap counts.
library.getDecodedData = function (): Uint8Array {
  if (!takesRoom(this)) throw new ImpossibleFault('The entries of a cross-reference stream take no room');
  count(decodedLength(this));
  return decode.call(this);
};

/** From here on the library decodes so much and no more, until this is called again: for each file anew. */
export const limitDecoding = (): void => {
  count = createBudget(mostBytesInAll);
};
