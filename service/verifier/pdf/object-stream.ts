import { createBudget, mostEntries, requireCount, requireRoom } from './bounds.ts';
import { Fault } from './fault.ts';
import { decodeStream } from './filters/decode-stream.ts';
import { PdfStream } from './objects/containers.ts';
import { numberAt } from './objects/entries.ts';
import type { PdfObject } from './objects/object.ts';
import { Lexer } from './parsing/lexer.ts';

/** A stream of objects (ISO 32000-2, 7.5.7). */
export interface ObjectStream {
  /** Decoded. */
  bytes: Uint8Array;
  /** Where each object begins in them, by its number. */
  offsets: Map<number, number>;
}

/** Decoded bytes of all object streams of a file, which stay in memory. */
const mostDecodedBytes = 256 << 20;

/** Pairs of an object's number and where it lies behind the first. */
const readOffsets = (head: Uint8Array, count: number): ObjectStream['offsets'] => {
  const lexer = new Lexer(head);
  const offsets = new Map<number, number>();
  for (let index = 0; index < count; index += 1) {
    lexer.skipSpace();
    const number = lexer.acceptInteger();
    lexer.skipSpace();
    const offset = lexer.acceptInteger();
    if (number === undefined || offset === undefined)
      throw new Fault('An object stream names fewer objects than it says');
    // Readers take the first one, the last one, or the one at the place that the cross-reference names.
    if (offsets.has(number)) throw new Fault('An object stream has an object twice');
    requireRoom(offsets);
    offsets.set(number, head.length + offset);
  }
  return offsets;
};

/** Reads object streams of one file. What it returns throws a Fault where one cannot be read. */
export const createObjectStreamReader = (): ((stream: PdfObject | undefined) => ObjectStream) => {
  const countObjects = createBudget(mostEntries);
  const countBytes = createBudget(mostDecodedBytes);
  return (stream) => {
    if (!(stream instanceof PdfStream)) throw new Fault('An object stream is missing');
    const bytes = decodeStream(stream);
    countBytes(bytes.length);
    const first = requireCount(numberAt(stream.dict, 'First'), bytes.length);
    const count = requireCount(numberAt(stream.dict, 'N'), first);
    countObjects(count);
    return { bytes, offsets: readOffsets(bytes.subarray(0, first), count) };
  };
};
