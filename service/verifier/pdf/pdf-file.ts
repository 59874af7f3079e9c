import { toLatin1 } from '#bytes.ts';
import type { Inflater } from '#ports/ports.ts';
import { largestObjectNumber, requireCount } from './bounds.ts';
import { readCrossReference, type CrossReference, type Place } from './cross-reference.ts';
import { EncryptedFault, Fault } from './fault.ts';
import { createObjectStreamReader, type ObjectStream } from './object-stream.ts';
import { PdfDict } from './objects/containers.ts';
import { dictAt, numberAt } from './objects/entries.ts';
import { IndirectObjects } from './objects/indirect-objects.ts';
import { PdfNumber, PdfRef, type PdfObject } from './objects/object.ts';
import { Lexer } from './parsing/lexer.ts';
import { ObjectParser } from './parsing/object-parser.ts';

/**
 * A PDF whose objects are parsed when they are looked up, at the places its cross-reference names: what a
 * viewer sees is what is signed, and a file of 100,000 objects costs no more than the few that are needed.
 */
export interface PdfFile {
  bytes: Uint8Array;
  objects: IndirectObjects;
  crossReference: CrossReference;
  /** The newest (ISO 32000-2, 7.5.5). */
  trailer: PdfDict;
  /** The document's root (7.7.2). */
  catalog: PdfDict;
  catalogRef: PdfRef;
  /** Where an object comes from; undefined where there is none. @throws Fault where it cannot be read */
  originOf(ref: PdfRef): Origin | undefined;
}

/** Where an object was read. */
export interface Origin {
  /** The section of the cross-reference that names it: 0 is the newest. */
  section: number;
  /** The stream it is in, by its number; undefined where it stands in the file itself. */
  stream: number | undefined;
  /** From where to where, in the file or in the decoded stream. */
  start: number;
  end: number;
}

interface Read extends Origin {
  object: PdfObject;
}

const createReader = (bytes: Uint8Array, objects: IndirectObjects) => {
  const readObjectStream = createObjectStreamReader();
  const tryStream = (number: number): ObjectStream | Fault => {
    try {
      return readObjectStream(objects.lookup(objects.ref(number)));
    } catch (error) {
      if (error instanceof Fault) return error;
      throw error;
    }
  };
  const streams = new Map<number, ObjectStream | Fault>();
  const openStream = (number: number): ObjectStream => {
    const stream = streams.get(number) ?? tryStream(number);
    // A fault is kept as well: nothing is decoded again for each of its objects.
    streams.set(number, stream);
    if (stream instanceof Fault) throw stream;
    return stream;
  };
  const fromStream = (number: number, stream: number): Omit<Read, 'section'> => {
    const { bytes: decoded, offsets } = openStream(stream);
    const start = offsets.get(number);
    if (start === undefined) throw new Fault('An object is not in its object stream');
    const parser = new ObjectParser(decoded, objects, start);
    return { object: parser.parseObject(), stream, start, end: parser.at };
  };
  const fromFile = (number: number, offset: number): Omit<Read, 'section'> => {
    const { ref, object, start, end } = new ObjectParser(bytes, objects, offset).parseIndirectObject();
    if (ref.number !== number) throw new Fault('An object is not where the cross-reference says');
    return { object, stream: undefined, start, end };
  };
  return (number: number, place: Place): Read => {
    try {
      const read = 'offset' in place ? fromFile(number, place.offset) : fromStream(number, place.stream);
      return { ...read, section: place.section };
    } catch (error) {
      throw error instanceof Fault ? error : new Fault(`Object ${number} cannot be parsed`, { cause: error });
    }
  };
};

const largestNumber = ({ places }: CrossReference, trailer: PdfDict): number => {
  let largest = requireCount(numberAt(trailer, 'Size') ?? 1, largestObjectNumber + 1) - 1;
  for (const number of places.keys()) if (number > largest) largest = number;
  return largest;
};

/** Has objects read at their places; where each came from is noted. */
const loadFrom = (bytes: Uint8Array, objects: IndirectObjects, { places }: CrossReference): Map<PdfRef, Origin> => {
  const origins = new Map<PdfRef, Origin>();
  const read = createReader(bytes, objects);
  objects.loadWith((ref) => {
    const place = places.get(ref.number);
    const generation = place && 'offset' in place ? place.generation : 0;
    if (!place || generation !== ref.generation) return undefined;
    const { object, ...origin } = read(ref.number, place);
    origins.set(ref, origin);
    return object;
  });
  return origins;
};

/** Before the header there may be something else (ISO 32000-1, annex H, 3.4.1). */
const headerWithin = 1024;

/** The first object of the file, where it says how it is linearized (annex F.3.3), and where it ends. */
const readLinearized = (bytes: Uint8Array, objects: IndirectObjects): { dict: PdfDict; end: number } | undefined => {
  const header = toLatin1(bytes, 0, Math.min(bytes.length, headerWithin)).indexOf('%PDF-');
  const lexer = new Lexer(bytes, Math.max(header, 0));
  lexer.skipSpaceAndComments();
  try {
    const { object, end } = new ObjectParser(bytes, objects, lexer.at).parseIndirectObject();
    return object instanceof PdfDict && object.has('Linearized') ? { dict: object, end } : undefined;
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
};

/**
 * Where a linearized file has the length that it says, some readers begin with the cross-reference behind its first object,
 * whatever its end says.
 */
const requireOneBeginning = (bytes: Uint8Array, objects: IndirectObjects, start: number): void => {
  const linearized = readLinearized(bytes, objects);
  const length = linearized?.dict.get('L');
  if (!(length instanceof PdfNumber) || length.value !== bytes.length) return;
  const lexer = new Lexer(bytes, linearized!.end);
  lexer.skipSpaceAndComments();
  if (lexer.at < start) throw new Fault('The file begins with another cross-reference than it ends with');
};

/**
 * @throws EncryptedFault when it is encrypted
 * @throws Fault when the file is not to the letter
 */
export const openPdf = (bytes: Uint8Array, ports: Inflater): PdfFile => {
  const objects = new IndirectObjects(ports);
  const crossReference = readCrossReference(bytes, objects);
  const { start, trailer } = crossReference.sections[0]!;
  requireOneBeginning(bytes, objects, start);
  if (trailer.has('Encrypt')) throw new EncryptedFault('The file is encrypted');
  const origins = loadFrom(bytes, objects, crossReference);
  const catalogRef = trailer.get('Root');
  const catalog = dictAt(trailer, 'Root');
  if (!catalog || !(catalogRef instanceof PdfRef)) throw new Fault('There is no catalogue');
  objects.largestNumber = largestNumber(crossReference, trailer);
  const originOf: PdfFile['originOf'] = (ref) => (objects.lookup(ref) ? origins.get(ref) : undefined);
  return { bytes, objects, crossReference, trailer, catalog, catalogRef, originOf };
};

const startsAt = (bytes: Uint8Array, offset: number): number | undefined => {
  const lexer = new Lexer(bytes, offset);
  lexer.skipSpace();
  const number = lexer.acceptInteger();
  lexer.skipSpace();
  lexer.acceptInteger();
  lexer.skipSpace();
  return lexer.acceptLetters('obj') ? number : undefined;
};

/** @throws Fault when an object is not exactly where the cross-reference says */
export const assertPlaces = ({ bytes, crossReference: { places } }: PdfFile): void => {
  for (const [number, place] of places) {
    if (place && 'offset' in place && startsAt(bytes, place.offset) !== number)
      throw new Fault(`Object ${number} is not where the cross-reference says`);
  }
};
