import { createBudget, largestObjectNumber, mostEntries, requireCount, requireRoom } from './bounds.ts';
import { Fault, ImpossibleFault } from './fault.ts';
import { decodeStream } from './filters/decode-stream.ts';
import { PdfDict, PdfStream } from './objects/containers.ts';
import { arrayAt, asNumber, members, numberAt, numbersAt } from './objects/entries.ts';
import type { IndirectObjects } from './objects/indirect-objects.ts';
import { Lexer } from './parsing/lexer.ts';
import { ObjectParser } from './parsing/object-parser.ts';

/** Where an object is: at an offset in the file, or as a member of an object stream. */
export type Place = ({ offset: number; generation: number } | { stream: number; index: number }) & {
  /** The section that says so, by its place in `sections`. */
  section: number;
};

export interface CrossReference {
  /** By object number; free objects are null. */
  places: Map<number, Place | null>;
  /** From the newest to the oldest: one an update, but two for a linearized file (ISO 32000-2, annex F). */
  sections: readonly Section[];
  /** Whether a hybrid section was met (7.5.8.4). */
  hybrid: boolean;
}

export interface Section {
  /** How it is written; an update must be written alike. */
  kind: 'table' | 'stream';
  /** Its offset. */
  start: number;
  /** Behind its trailer, or behind its stream. */
  end: number;
  /** Of its stream, the object's number, and where that really begins. */
  own?: { number: number; start: number };
  /** 7.5.5. */
  trailer: PdfDict;
}

/** What sections are read with, and what they are read into. */
interface Reading {
  bytes: Uint8Array;
  objects: IndirectObjects;
  /** Counts entries of all sections together. */
  countEntries: (entries: number) => void;
  /** Newer sections come first: what one says stands. */
  add: (number: number, place: OwnPlace | null) => void;
}
type OwnPlace = { offset: number; generation: number } | { stream: number; index: number };

/** Object numbers from the first on, so many. @throws Fault, ImpossibleFault */
const requireRange = (first: number | undefined, count: number | undefined, bytes: number): [number, number] => {
  const checked: [number, number] = [requireCount(first, largestObjectNumber), requireCount(count, bytes)];
  if (checked[0] + checked[1] > largestObjectNumber + 1) throw new ImpossibleFault('An object number is too large');
  return checked;
};

const oddEntry = (): Fault => new Fault('A cross-reference table has something else than entries');

const digits = (lexer: Lexer, count: number): number => {
  const start = lexer.at;
  const value = lexer.acceptInteger();
  if (value === undefined || lexer.at - start !== count) throw oddEntry();
  return value;
};

const space = 0x20;
const lineEnds = new Set([space, 0x0d, 0x0a]);

/** Entries are 20 bytes each (7.5.4); some writers end the line with one character. */
const readEntry = (lexer: Lexer): OwnPlace | null => {
  const offset = digits(lexer, 10);
  if (!lexer.accept(space)) throw oddEntry();
  const generation = digits(lexer, 5);
  if (!lexer.accept(space)) throw oddEntry();
  const use = lexer.token();
  if (!['n', 'f'].includes(use) || !lineEnds.has(lexer.peek() ?? 0)) throw oddEntry();
  lexer.skipSpace();
  // Nothing begins where the file does but its header: some writers mark so what they do not use.
  return use === 'n' && offset > 0 ? { offset, generation } : null;
};

const integer = (lexer: Lexer): number => {
  const value = lexer.acceptInteger();
  if (value === undefined) throw oddEntry();
  lexer.skipSpace();
  return value;
};

const readTable = ({ bytes, objects, countEntries, add }: Reading, start: number): Section => {
  const lexer = new Lexer(bytes, start);
  lexer.skipSpace();
  lexer.acceptLetters('xref');
  lexer.skipSpace();
  while (lexer.isAtDigit) {
    const [first, count] = requireRange(integer(lexer), integer(lexer), bytes.length - lexer.at);
    countEntries(count);
    for (let own = 0; own < count; own += 1) add(first + own, readEntry(lexer));
  }
  if (!lexer.acceptLetters('trailer')) throw new Fault('There is no trailer behind a cross-reference');
  const parser = new ObjectParser(bytes, objects, lexer.at);
  const trailer = parser.parseObject();
  if (!(trailer instanceof PdfDict)) throw new Fault('The trailer is no dictionary');
  return { kind: 'table', start, end: parser.at, trailer };
};

/** An entry of any other type is of nothing (7.5.8.3). */
const streamPlace = (type: number, second: number, third: number): OwnPlace | null => {
  if (type === 1) return { offset: second, generation: third };
  return type === 2 ? { stream: second, index: third } : null;
};

const readField = (bytes: Uint8Array, start: number, width: number): number => {
  let value = 0;
  for (let at = start; at < start + width; at += 1) value = value * 256 + bytes[at]!;
  return value;
};

/** Bytes of one field: what needs more is no offset. */
const widest = 8;
const isWidth = (width: number): boolean => Number.isInteger(width) && width >= 0 && width <= widest;

type Widths = [number, number, number];

/**
 * The type may be left out, and then is 1; the third field is 0 where it is left out. The second has no default
 * (7.5.8.3): without it an entry is of nothing, and may take no bytes.
 */
const readWidths = (dict: PdfDict): Widths => {
  const widths = numbersAt(dict, 'W', 3);
  if (!widths?.every(isWidth)) throw new Fault('A cross-reference stream lacks its widths');
  if (widths[1] === 0) throw new ImpossibleFault('The entries of a cross-reference stream take no room');
  return widths as Widths;
};

/** Which objects the entries are of (7.5.8.2). */
const readRanges = (dict: PdfDict, bytes: number): [number, number][] => {
  const size = numberAt(dict, 'Size');
  if (size === undefined) throw new Fault('A cross-reference stream lacks its size');
  const index = members(arrayAt(dict, 'Index')).map(asNumber);
  return pairs(index.length ? index : [0, size]).map(([first, count]) => requireRange(first, count, bytes));
};

const pairs = <Value>(values: Value[]): [Value, Value][] =>
  Array.from({ length: values.length >> 1 }, (_, index) => [values[2 * index]!, values[2 * index + 1]!]);

const readStreamEntry = (bytes: Uint8Array, at: number, [typeWidth, second, third]: Widths): OwnPlace | null => {
  const type = typeWidth === 0 ? 1 : readField(bytes, at, typeWidth);
  const secondAt = at + typeWidth;
  return streamPlace(type, readField(bytes, secondAt, second), readField(bytes, secondAt + second, third));
};

/** ISO 32000-2, 7.5.8. */
const readStream = ({ bytes, objects, countEntries, add }: Reading, start: number): Section => {
  const { ref, object, start: begin, end } = new ObjectParser(bytes, objects, start).parseIndirectObject();
  if (!(object instanceof PdfStream)) throw new Fault('The cross-reference is no stream');
  const widths = readWidths(object.dict);
  const width = widths.reduce((sum, own) => sum + own, 0);
  const decoded = decodeStream(object);
  const ranges = readRanges(object.dict, decoded.length);
  let left = Math.floor(decoded.length / width);
  // Those that no range names as well: they were decoded.
  countEntries(left);
  let at = 0;
  for (const [first, count] of ranges) {
    const there = Math.min(count, left);
    left -= there;
    for (let own = 0; own < there; own += 1, at += width) add(first + own, readStreamEntry(decoded, at, widths));
  }
  return { kind: 'stream', start, end, own: { number: ref.number, start: begin }, trailer: object.dict };
};

const readSection = (reading: Reading, start: number): Section => {
  const { bytes } = reading;
  if (!(Number.isInteger(start) && start >= 0 && start < bytes.length))
    throw new Fault('A cross-reference lies outside the file');
  const lexer = new Lexer(bytes, start);
  // Many writers point at the end of the line before.
  lexer.skipSpace();
  return lexer.acceptLetters('xref') ? readTable(reading, start) : readStream(reading, start);
};

/** Where letters stand last. */
const lastOf = (bytes: Uint8Array, letters: string): Lexer | undefined => {
  const first = letters.charCodeAt(0);
  for (let at = bytes.lastIndexOf(first); at !== -1; at = at ? bytes.lastIndexOf(first, at - 1) : -1) {
    const lexer = new Lexer(bytes, at);
    if (lexer.acceptLetters(letters)) return lexer;
  }
  return undefined;
};

/** The offset that the last `startxref` names (7.5.5). */
const readStart = (bytes: Uint8Array): number => {
  const lexer = lastOf(bytes, 'startxref');
  lexer?.skipSpace();
  const start = lexer?.acceptInteger();
  lexer?.skipSpace();
  if (start === undefined || !lexer!.acceptLetters('%%EOF')) throw new Fault('The file does not end with a startxref');
  return start;
};

/** A stream that says where objects are, by its own number, and the place of the section that it belongs to. */
interface OwnNumber {
  number: number;
  start: number;
  section: number;
}

/** White space before an object that its entry may point at: many writers mean the end of the line before. */
const mostBefore = 16;

/** Some readers take such a stream for the object of its number, whatever the section says of that. */
const requireOwnNumbers = (places: ReadonlyMap<number, Place | null>, streams: readonly OwnNumber[]): void => {
  const isOne = (offset: number): boolean =>
    streams.some(({ start }) => offset <= start && offset > start - mostBefore);
  for (const { number, section } of streams) {
    const place = places.get(number);
    if (place && place.section >= section && !('offset' in place && isOne(place.offset)))
      throw new Fault('A cross-reference has the number of another object');
  }
};

/**
 * Follows the chain of cross-reference sections from the newest to the oldest, as a viewer does.
 * @throws Fault when a section cannot be read to the letter
 */
export const readCrossReference = (bytes: Uint8Array, objects: IndirectObjects): CrossReference => {
  const places = new Map<number, Place | null>();
  const sections: Section[] = [];
  let hybrid = false;
  const add: Reading['add'] = (number, place) => {
    if (places.has(number)) return;
    requireRoom(places);
    places.set(number, place && { ...place, section: sections.length });
  };
  const reading = { bytes, objects, countEntries: createBudget(mostEntries), add };
  const streams: OwnNumber[] = [];
  const noteStream = ({ own }: Section): void => {
    if (own) streams.push({ ...own, section: sections.length });
  };
  const seen = new Set<number>();
  const twins = new Set<number | undefined>();
  for (let next: number | undefined = readStart(bytes); next !== undefined && !seen.has(next);) {
    requireRoom(seen);
    seen.add(next);
    const section: Section = readSection(reading, next);
    noteStream(section);
    const twin: number | undefined = section.kind === 'table' ? numberAt(section.trailer, 'XRefStm') : undefined;
    // Read twice it would add nothing.
    if (twin !== undefined && !twins.has(twin)) noteStream(readSection(reading, twin));
    twins.add(twin);
    hybrid ||= twin !== undefined;
    sections.push(section);
    next = numberAt(section.trailer, 'Prev');
  }
  requireOwnNumbers(places, streams);
  return { places, sections, hybrid };
};

/** All that one section says, in its order. @throws Fault */
export const readEntries = (
  bytes: Uint8Array,
  objects: IndirectObjects,
  start: number,
): { number: number; place: OwnPlace | null }[] => {
  const entries: { number: number; place: OwnPlace | null }[] = [];
  const add: Reading['add'] = (number, place) => void entries.push({ number, place });
  readSection({ bytes, objects, countEntries: createBudget(mostEntries), add }, start);
  return entries;
};
