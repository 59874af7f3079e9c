import { PdfArray, PdfDict, PdfName, PdfNumber, PdfStream } from '@libpdf/core';
import { createBudget } from '@tu-esign/verifier/pdf/bounds.ts';
import { ImpossibleFault } from '@tu-esign/verifier/pdf/fault.ts';
import { decodeStream } from '@tu-esign/verifier/pdf/filters/decode-stream.ts';
import { IndirectObjects, type LiteralDict } from '@tu-esign/verifier/pdf/objects/indirect-objects.ts';
import type { Inflater } from '@tu-esign/verifier/ports/ports.ts';
import { createWatch, type Watch } from './watch-reading.ts';

/** Decoded bytes of all that the library has decoded of a file: they lie outside V8's limit. */
const mostBytesInAll = 256 << 20;
/** What a stream counts that cannot be decoded: it takes time as well, and a file may have many. */
const bytesOfFailure = 8 << 20;

const list = (value: unknown): unknown[] => (value instanceof PdfArray ? [...value] : [value]);

const filtersOf = (stream: PdfStream): string[] =>
  list(stream.get('Filter')).flatMap((own) => (own instanceof PdfName ? [own.value] : []));

const numbers = ['Predictor', 'Colors', 'BitsPerComponent', 'Columns', 'EarlyChange'];

const parametersOf = (stream: PdfStream): (LiteralDict | null)[] =>
  list(stream.get('DecodeParms')).map((own) => {
    if (!(own instanceof PdfDict)) return null;
    const entries = numbers.map((key) => [key, own.get(key)] as const);
    return Object.fromEntries(
      entries.flatMap(([key, value]) => (value instanceof PdfNumber ? [[key, value.value]] : [])),
    );
  });

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

/**
 * From here on the library decodes as the verifier does, so much and no more, until this is called again: for each file
 * anew. By itself it inflates whatever a stream holds and has no option for a limit: a few hundred kilobytes take
 * gigabytes, which no limit on a thread's heap counts.
 * @returns what the file is to be watched by, as what is decoded of it is
 */
export const limitDecoding = (ports: Inflater): Watch => {
  const count = createBudget(mostBytesInAll);
  const reading = createWatch();
  const objects = new IndirectObjects(ports);
  library.getDecodedData = function (): Uint8Array {
    if (!takesRoom(this)) throw new ImpossibleFault('The entries of a cross-reference stream take no room');
    count(bytesOfFailure);
    const decoded = decodeStream(
      objects.stream(this.data, { Filter: filtersOf(this), DecodeParms: parametersOf(this) }),
    );
    count(decoded.length - bytesOfFailure);
    return reading.watch(decoded);
  };
  return reading;
};
