import { fromLatin1, indexOfBytes, toLatin1 } from '#bytes.ts';
import type { Place } from '#pdf/cross-reference.ts';
import { Fault } from '#pdf/fault.ts';
import { PdfStream } from '#pdf/objects/containers.ts';
import { PdfNumber } from '#pdf/objects/object.ts';
import { Lexer } from '#pdf/parsing/lexer.ts';
import type { PdfFile } from '#pdf/pdf-file.ts';
import { objectAt } from './references.ts';
import { requirePlainObjectStreams } from './plain-object-streams.ts';
import { requirePlainSection } from './plain-section.ts';

/** An update by itself: from where the revision before ended to the end of its own `%%EOF`. */
export interface Update {
  after: PdfFile;
  /** All that its section names. */
  numbers: readonly number[];
  from: number;
  end: number;
}

interface Part {
  start: number;
  end: number;
}

/** @throws Fault where an object is not named as the cross-reference names it: some readers then look for all anew */
export const requireHeader = (
  { bytes }: PdfFile,
  number: number,
  place: { offset: number; generation: number },
): void => {
  const lexer = new Lexer(bytes, place.offset);
  lexer.skipSpace();
  const own = lexer.acceptInteger();
  lexer.skipSpace();
  const generation = lexer.acceptInteger();
  lexer.skipSpace();
  if (own !== number || generation !== place.generation || !lexer.acceptLetters('obj'))
    throw new Fault(`Object ${number} is not where the cross-reference says`);
};

const lineFeed = 0x0a;

/** Behind `stream` a line ends (ISO 32000-2, 7.3.8.1): where it does not, some readers pass over what is its first one. */
const requireLineEnd = (after: PdfFile, number: number): void => {
  const object = objectAt(after, number);
  if (object instanceof PdfStream && after.bytes[object.contents.byteOffset - after.bytes.byteOffset - 1] !== lineFeed)
    throw new Fault(`The stream ${number} does not begin on a line of its own`);
};

const placesOf = ({ after, numbers }: Update): [number, Place][] =>
  numbers.flatMap((number) => {
    const place = after.crossReference.places.get(number);
    return place ? [[number, place]] : [];
  });

const ended = 'endobj';

/** From where to where the objects stand that it names; those of earlier revisions may be named anew. */
const readParts = (update: Update): Part[] => {
  const { after, from } = update;
  const parts: Part[] = [];
  for (const [number, place] of placesOf(update)) {
    if (!('offset' in place)) continue;
    requireHeader(after, number, place);
    const origin = after.originOf(after.objects.ref(number, place.generation));
    if (!origin) throw new Fault(`Object ${number} cannot be parsed`);
    requireLineEnd(after, number);
    if (toLatin1(after.bytes, origin.end - ended.length, origin.end) !== ended)
      throw new Fault(`Object ${number} does not end`);
    if (place.offset >= from) parts.push({ start: origin.start, end: origin.end });
  }
  return parts;
};

const marks = /obj|xref|trailer/;

/** White space and comments, in which readers that mend a file find nothing either. */
const isBetween = ({ bytes }: PdfFile, { start, end }: Part): boolean => {
  const lexer = new Lexer(bytes.subarray(0, end), start);
  lexer.skipSpaceAndComments();
  return lexer.at === end && !marks.test(toLatin1(bytes, start, end));
};

/** All that there is in an update is what its cross-reference names, and that itself. */
const requireNothingElse = ({ after, from, end }: Update, objects: readonly Part[]): void => {
  const section = after.crossReference.sections[0]!;
  const first = new Lexer(after.bytes, section.start);
  first.skipSpace();
  const own = { start: first.at, end: section.end };
  const parts = [...objects.filter(({ start }) => start !== own.start), own];
  let last = from;
  for (const part of parts.toSorted((one, other) => one.start - other.start)) {
    if (part.start < last || !isBetween(after, { start: last, end: part.start }))
      throw new Fault('A revision holds something that its cross-reference does not name');
    last = part.end;
  }
  if (last !== own.end || !isEnd(after.bytes, { start: last, end }, section.start))
    throw new Fault('A revision does not end with its cross-reference');
};

/** `startxref`, where the section starts, and `%%EOF`. */
const isEnd = (bytes: Uint8Array, { start, end }: Part, named: number): boolean => {
  const lexer = new Lexer(bytes, start);
  lexer.skipSpaceAndComments();
  const isPlain = !marks.test(toLatin1(bytes, start, lexer.at)) && lexer.acceptLetters('startxref');
  lexer.skipSpace();
  const isNamed = lexer.acceptInteger() === named;
  lexer.skipSpace();
  return isPlain && isNamed && lexer.acceptLetters('%%EOF') && lexer.at === end;
};

const obj = fromLatin1('obj');
/** Digits of an object's number and generation, and what stands between them. */
const longestHeader = 40;
const header = /(\d+)[\0\t\n\f\r ]+\d+[\0\t\n\f\r ]*$/;

/**
 * Within streams and strings nothing looks like the beginning of an object, or like a trailer: some readers that mend a
 * file do not know where a stream ends. That compressed data look so by chance does not happen.
 */
const requireNoStray = ({ after: { bytes, crossReference }, from }: Update, objects: readonly Part[]): void => {
  const { kind, start, own } = crossReference.sections[0]!;
  const starts = new Set([...objects.map((object) => object.start), own?.start ?? start]);
  for (let at = indexOfBytes(bytes, obj, from); at !== -1; at = indexOfBytes(bytes, obj, at + 1)) {
    const before = toLatin1(bytes, Math.max(0, at - longestHeader), at);
    const found = header.exec(before);
    if (found && !starts.has(at - found[0].length))
      throw new Fault('A revision holds the beginning of an object within another');
  }
  const trailers = toLatin1(bytes, from).match(/trailer\s*<</g) ?? [];
  if (trailers.length > (kind === 'table' ? 1 : 0)) throw new Fault('A revision has several trailers');
};

/** New numbers follow those that there were: readers give up on large ones, and look for objects in all of the file. */
const mostBeyond = 100_000;

const requireSize = ({ after, numbers }: Update): void => {
  const size = after.trailer.get('Size');
  const largest = numbers.reduce((most, number) => Math.max(most, number), 0);
  if (!(size instanceof PdfNumber && size.value > largest)) throw new Fault('A revision names objects beyond its size');
  const earlier = after.crossReference.sections[1]?.trailer.get('Size');
  if (earlier instanceof PdfNumber && size.value > earlier.value + mostBeyond)
    throw new Fault('A revision names objects far beyond those that there were');
};

const requirePlain = (update: Update): void => {
  requirePlainSection(update.after);
  requireSize(update);
  const objects = readParts(update);
  requireNothingElse(update, objects);
  requireNoStray(update, objects);
  requirePlainObjectStreams(update.after, new Map(placesOf(update)));
};

/** Why an update may say something else to a reader that mends what it cannot follow; undefined where it may not. */
export const faultOfUpdate = (update: Update): string | undefined => {
  try {
    requirePlain(update);
    return undefined;
  } catch (error) {
    if (error instanceof Fault) return error.message;
    throw error;
  }
};
