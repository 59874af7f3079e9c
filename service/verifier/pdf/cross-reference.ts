import { PDFDict, PDFRawStream, type PDFContext } from '@cantoo/pdf-lib';
import { createBudget, largestObjectNumber, mostObjects, requireCount } from './bounds.ts';
import { decodeStream } from './decode-stream.ts';
import { Fault, ImpossibleFault } from './fault.ts';
import { ObjectParser } from './object-parser.ts';
import { members, asNumber, arrayAt, numberAt, numbersAt } from './pdf-objects.ts';

/** Where an object is: at an offset in the file, or as a member of an object stream. */
export type Place = { offset: number; generation: number } | { stream: number; index: number };

export interface CrossReference {
  /** By object number; free objects are null. */
  places: Map<number, Place | null>;
  /** The newest trailer (ISO 32000-2, 7.5.5). */
  trailer: PDFDict;
  /** How the newest section is written; an update must be written alike. */
  kind: 'table' | 'stream';
  /** Offset of the newest section. */
  start: number;
  /** Whether a hybrid section was met (7.5.8.4). */
  hybrid: boolean;
}

/** What sections are read with. */
interface Reading {
  bytes: Buffer;
  context: PDFContext;
  /** Counts entries of all sections together. */
  countEntries: (entries: number) => void;
}

interface Section {
  kind: CrossReference['kind'];
  entries: [number, Place | null][];
  trailer: PDFDict;
}

const integer = (text: string | undefined): number => {
  const value = Number(text);
  if (!text || !Number.isSafeInteger(value)) throw new Fault('The cross-reference is not made of numbers');
  return value;
};

const sticky = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(text);
};

/** Object numbers from the first on, so many. @throws Fault, ImpossibleFault */
const requireRange = (first: number | undefined, count: number | undefined, bytes: number): [number, number] => {
  const checked: [number, number] = [requireCount(first, largestObjectNumber), requireCount(count, bytes)];
  if (checked[0] + checked[1] > largestObjectNumber + 1) throw new ImpossibleFault('An object number is too large');
  return checked;
};

// Entries are 20 bytes each (7.5.4); some writers end the line with one character.
const readSubsection = (text: string, at: number, [first, count]: [number, number]) => {
  const entry = /(\d{10}) (\d{5}) ([nf])[ \r\n]{1,2}\s*/y;
  const entries: Section['entries'] = [];
  for (let index = 0, next = at; index < count; index += 1, next = entry.lastIndex) {
    const [, offset, generation, use] = sticky(entry, text, next) ?? [];
    const place = { offset: integer(offset), generation: integer(generation) };
    entries.push([first + index, use === 'n' ? place : null]);
  }
  return { entries, end: count ? entry.lastIndex : at };
};

const readTable = ({ bytes, context, countEntries }: Reading, start: number): Section => {
  const end = bytes.indexOf('trailer', start);
  if (end === -1) throw new Fault('There is no trailer');
  const text = bytes.toString('latin1', start, end);
  const head = /\s*(\d+)\s+(\d+)\s+/y;
  const entries: Section['entries'] = [];
  let at = 'xref'.length;
  for (let match = sticky(head, text, at); match; match = sticky(head, text, at)) {
    const range = requireRange(integer(match[1]), integer(match[2]), text.length - head.lastIndex);
    countEntries(range[1]);
    const subsection = readSubsection(text, head.lastIndex, range);
    for (const entry of subsection.entries) entries.push(entry);
    at = subsection.end;
  }
  if (text.slice(at).trim()) throw new Fault('The cross-reference table is not made of entries');
  const trailer = new ObjectParser(bytes.subarray(end + 'trailer'.length), context).parseObject();
  if (!(trailer instanceof PDFDict)) throw new Fault('The trailer is no dictionary');
  return { kind: 'table', entries, trailer };
};

const streamPlace = (type: number, second: number, third: number): Place | null => {
  if (type === 1) return { offset: second, generation: third };
  return type === 2 ? { stream: second, index: third } : null;
};

const readFields = (bytes: Uint8Array, at: number, widths: number[]): number[] => {
  let next = at;
  return widths.map((width) => {
    let value = 0;
    for (const end = next + width; next < end; next += 1) value = value * 256 + bytes[next]!;
    return value;
  });
};

/** Bytes of one field: what needs more is no offset. */
const widest = 8;

/**
 * The type may be left out, and then is 1; the third field is 0 where it is left out. The second has no default
 * (7.5.8.3): without it an entry is of nothing, and may take no bytes.
 */
const readWidths = (dict: PDFDict): number[] => {
  const widths = numbersAt(dict, 'W', 3);
  if (!widths?.every((width) => Number.isInteger(width) && width >= 0 && width <= widest))
    throw new Fault('A cross-reference stream lacks its widths');
  if (widths[1] === 0) throw new ImpossibleFault('The entries of a cross-reference stream take no room');
  return widths;
};

/** Which objects the entries are of (7.5.8.2). */
const readRanges = (dict: PDFDict, bytes: number): [number, number][] => {
  const size = numberAt(dict, 'Size');
  if (size === undefined) throw new Fault('A cross-reference stream lacks its size');
  const index = members(arrayAt(dict, 'Index')).map(asNumber);
  return pairs(index.length ? index : [0, size]).map(([first, count]) => requireRange(first, count, bytes));
};

/** ISO 32000-2, 7.5.8. */
const readStream = ({ bytes, context, countEntries }: Reading, start: number): Section => {
  const { object } = new ObjectParser(bytes.subarray(start), context).parseIndirectObject();
  if (!(object instanceof PDFRawStream)) throw new Fault('The cross-reference is no stream');
  const widths = readWidths(object.dict);
  const width = widths.reduce((sum, own) => sum + own, 0);
  const decoded = decodeStream(object);
  const ranges = readRanges(object.dict, decoded.length);
  let left = Math.floor(decoded.length / width);
  // Those that no range names as well: they were decoded.
  countEntries(left);
  const entries: Section['entries'] = [];
  let at = 0;
  for (const [first, count] of ranges) {
    const there = Math.min(count, left);
    left -= there;
    for (let own = 0; own < there; own += 1, at += width) {
      const [type = 0, second = 0, third = 0] = readFields(decoded, at, widths);
      entries.push([first + own, streamPlace(widths[0] === 0 ? 1 : type, second, third)]);
    }
  }
  return { kind: 'stream', entries, trailer: object.dict };
};

const pairs = <Value>(values: Value[]): [Value, Value][] =>
  Array.from({ length: values.length >> 1 }, (_, index) => [values[2 * index]!, values[2 * index + 1]!]);

const readSection = (reading: Reading, start: number): Section => {
  const { bytes } = reading;
  if (!(Number.isInteger(start) && start >= 0 && start < bytes.length))
    throw new Fault('A cross-reference lies outside the file');
  return bytes.toString('latin1', start, start + 4) === 'xref' ? readTable(reading, start) : readStream(reading, start);
};

/** The offset that the last `startxref` names (7.5.5). */
const readStart = (bytes: Buffer): number => {
  const at = bytes.lastIndexOf('startxref');
  const [, offset] = /^startxref\s+(\d+)\s*%%EOF/.exec(bytes.toString('latin1', Math.max(at, 0), at + 40)) ?? [];
  return integer(offset);
};

/**
 * Follows the chain of cross-reference sections from the newest to the oldest, as a viewer does.
 * @throws Fault when a section cannot be read to the letter
 */
export const readCrossReference = (bytes: Buffer, context: PDFContext): CrossReference => {
  const start = readStart(bytes);
  const reading = { bytes, context, countEntries: createBudget(mostObjects) };
  const newest = readSection(reading, start);
  const places = new Map<number, Place | null>();
  const seen = new Set<number>();
  const twins = new Set<number | undefined>();
  let hybrid = false;
  const add = (section: Section): void => {
    for (const [number, place] of section.entries) if (!places.has(number)) places.set(number, place);
  };
  for (let next: number | undefined = start; next !== undefined && !seen.has(next);) {
    seen.add(next);
    const section: Section = next === start ? newest : readSection(reading, next);
    add(section);
    const twin: number | undefined = section.kind === 'table' ? numberAt(section.trailer, 'XRefStm') : undefined;
    hybrid ||= twin !== undefined;
    // Read twice it would add nothing.
    if (twin !== undefined && !twins.has(twin)) add(readSection(reading, twin));
    twins.add(twin);
    next = numberAt(section.trailer, 'Prev');
  }
  return { places, trailer: newest.trailer, kind: newest.kind, start, hybrid };
};
