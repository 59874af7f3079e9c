import { PDFContext, PDFRawStream, PDFRef, type PDFDict, type PDFObject } from '@cantoo/pdf-lib';
import { createBudget, largestObjectNumber, mostObjects, requireCount } from './bounds.ts';
import { readCrossReference, type CrossReference, type Place } from './cross-reference.ts';
import { decodeStream } from './decode-stream.ts';
import { EncryptedFault, Fault } from './fault.ts';
import { ObjectParser } from './object-parser.ts';
import { dictAt, name, numberAt } from './pdf-objects.ts';

/**
 * A PDF whose objects are parsed when they are looked up, at the places its cross-reference names: what a
 * viewer sees is what is signed, and a file of 100,000 objects costs no more than the few that are needed.
 */
export interface PdfFile {
  bytes: Buffer;
  context: PDFContext;
  crossReference: CrossReference;
  trailer: PDFDict;
  /** The document's root (ISO 32000-2, 7.7.2). */
  catalog: PDFDict;
  catalogRef: PDFRef;
}

interface ObjectStream {
  bytes: Uint8Array;
  offsets: Map<number, number>;
}

/** Decoded bytes of all object streams of a file, which stay in memory. */
const mostDecodedBytes = 256 << 20;

const createStreamReader = () => {
  const countObjects = createBudget(mostObjects);
  const countBytes = createBudget(mostDecodedBytes);
  return (stream: PDFObject | undefined): ObjectStream => {
    if (!(stream instanceof PDFRawStream)) throw new Fault('An object stream is missing');
    const bytes = decodeStream(stream);
    countBytes(bytes.length);
    const first = requireCount(numberAt(stream.dict, 'First'), bytes.length);
    const count = requireCount(numberAt(stream.dict, 'N'), first);
    countObjects(count);
    return { bytes, offsets: readOffsets(Buffer.from(bytes.subarray(0, first)).toString('latin1'), first, count) };
  };
};

/** Pairs of an object's number and where it lies behind the first (ISO 32000-2, 7.5.7). */
const readOffsets = (head: string, first: number, count: number): Map<number, number> => {
  const pair = /\s*(\d+)\s+(\d+)/y;
  const offsets = new Map<number, number>();
  for (let index = 0; index < count; index += 1) {
    const [, number, offset] = pair.exec(head) ?? [];
    if (!number) throw new Fault('An object stream names fewer objects than it says');
    offsets.set(Number(number), first + Number(offset));
  }
  return offsets;
};

const createLoader = (bytes: Buffer, context: PDFContext, places: CrossReference['places']) => {
  const streams = new Map<number, ObjectStream>();
  const readObjectStream = createStreamReader();
  const fromStream = (number: number, stream: number): PDFObject => {
    if (!streams.has(stream)) streams.set(stream, readObjectStream(context.lookup(PDFRef.of(stream))));
    const { bytes: decoded, offsets } = streams.get(stream)!;
    const offset = offsets.get(number);
    if (offset === undefined) throw new Fault('An object is not in its object stream');
    return new ObjectParser(decoded.subarray(offset), context).parseObject();
  };
  const fromFile = (number: number, offset: number): PDFObject => {
    const { ref, object } = new ObjectParser(bytes.subarray(offset), context).parseIndirectObject();
    if (ref.objectNumber !== number) throw new Fault('An object is not where the cross-reference says');
    return object;
  };
  const load = (number: number, place: Place): PDFObject => {
    try {
      return 'offset' in place ? fromFile(number, place.offset) : fromStream(number, place.stream);
    } catch (error) {
      throw error instanceof Fault ? error : new Fault(`Object ${number} cannot be parsed`, { cause: error });
    }
  };
  const loaded = new Set<PDFRef>();
  return (ref: PDFRef): void => {
    if (loaded.has(ref)) return;
    loaded.add(ref);
    const place = places.get(ref.objectNumber);
    const generation = place && 'offset' in place ? place.generation : 0;
    if (place && generation === ref.generationNumber) context.assign(ref, load(ref.objectNumber, place));
  };
};

type Lookup = (ref: PDFObject | undefined, ...types: never[]) => PDFObject | undefined;

// Every look-up of the library goes through its context: there objects are parsed when first asked for.
const loadOnLookup = (context: PDFContext, load: (ref: PDFRef) => void): void => {
  const before =
    (lookup: Lookup): Lookup =>
    (ref, ...types) => {
      if (ref instanceof PDFRef) load(ref);
      return lookup(ref, ...types);
    };
  context.lookup = before(context.lookup.bind(context) as Lookup) as typeof context.lookup;
  context.lookupMaybe = before(context.lookupMaybe.bind(context) as Lookup) as typeof context.lookupMaybe;
};

const largestNumber = ({ places, trailer }: CrossReference): number => {
  let largest = requireCount(numberAt(trailer, 'Size') ?? 1, largestObjectNumber + 1) - 1;
  for (const number of places.keys()) if (number > largest) largest = number;
  return largest;
};

/**
 * @throws EncryptedFault when it is encrypted
 * @throws Fault, or whatever the parser throws, when the file is not to the letter
 */
export const openPdf = (source: Uint8Array): PdfFile => {
  const bytes = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  const context = PDFContext.create();
  const crossReference = readCrossReference(bytes, context);
  const { trailer, places } = crossReference;
  if (trailer.has(name('Encrypt'))) throw new EncryptedFault('The file is encrypted');
  loadOnLookup(context, createLoader(bytes, context, places));
  const catalogRef = trailer.get(name('Root'));
  const catalog = dictAt(trailer, 'Root');
  if (!catalog || !(catalogRef instanceof PDFRef)) throw new Fault('There is no catalogue');
  context.largestObjectNumber = largestNumber(crossReference);
  return { bytes, context, crossReference, trailer, catalog, catalogRef };
};

/** @throws Fault when an object is not exactly where the cross-reference says */
export const assertPlaces = ({ bytes, crossReference: { places } }: PdfFile): void => {
  for (const [number, place] of places) {
    if (!place || !('offset' in place)) continue;
    const head = /^(\d+)\s+(\d+)\s+obj/.exec(bytes.toString('latin1', place.offset, place.offset + 32));
    if (Number(head?.[1]) !== number) throw new Fault(`Object ${number} is not where the cross-reference says`);
  }
};
