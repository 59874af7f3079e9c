import { toLatin1 } from '#bytes.ts';
import type { Section } from '#pdf/cross-reference.ts';
import { Fault } from '#pdf/fault.ts';
import { decodeStream } from '#pdf/filters/decode-stream.ts';
import { PdfArray, PdfStream, type PdfDict } from '#pdf/objects/containers.ts';
import { nameAt } from '#pdf/objects/entries.ts';
import { PdfNumber, type PdfObject } from '#pdf/objects/object.ts';
import { Lexer } from '#pdf/parsing/lexer.ts';
import { ObjectParser } from '#pdf/parsing/object-parser.ts';
import type { PdfFile } from '#pdf/pdf-file.ts';
import { isAmbiguous } from './same-object.ts';

/** Digits alone: readers differ in what they make of `12.0`, and of a number that is an object of its own. */
const isCount = (value: PdfObject | undefined): value is PdfNumber =>
  value instanceof PdfNumber && /^\d+$/.test(value.toString());

const require = (holds: boolean): void => {
  if (!holds) throw new Fault('A revision has a cross-reference that readers take for different things');
};

const countsAt = (dict: PdfDict, key: string): number[] | undefined => {
  const list = dict.get(key);
  if (list === undefined) return undefined;
  require(list instanceof PdfArray && list.members().every(isCount));
  return (list as PdfArray).members().map((count) => (count as PdfNumber).value);
};

/**
 * Where a part begins with object 1 and a free entry, readers take it for object 0 and shift the rest; an object in use at
 * the very beginning of the file is one that they look for there, and do not find.
 */
const oneOff = /(?:^|\s)0*1\s+0*(?!1\s)\d+\s+\d{10} \d{5} f/;
const atBeginning = /0{10} \d{5} n/;

/** Of twenty bytes (7.5.4): some readers go from one to the next by their length. */
const entry = /^\d{10} \d{5} [nf](?: [\r\n]|\r\n)$/;
const entryLength = 20;

const requirePlainEntries = (bytes: Uint8Array, start: number): void => {
  const lexer = new Lexer(bytes, start);
  lexer.skipSpace();
  lexer.acceptLetters('xref');
  lexer.skipSpace();
  while (lexer.isAtDigit) {
    lexer.acceptInteger();
    lexer.skipSpace();
    const count = lexer.acceptInteger() ?? 0;
    lexer.skipSpace();
    for (let own = 0; own < count; own += 1, lexer.at += entryLength)
      require(entry.test(toLatin1(bytes, lexer.at, lexer.at + entryLength)));
    lexer.skipSpace();
  }
};

const requirePlainTable = ({ bytes }: PdfFile, { start, end }: Section): void => {
  const text = toLatin1(bytes, start, end);
  require(!oneOff.test(text) && !atBeginning.test(text));
  requirePlainEntries(bytes, start);
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, own) => total + own, 0);

/** Free, in use, in a stream. */
const lastType = 2;

const typesOf = (decoded: Uint8Array, width: number): number[] =>
  Array.from({ length: Math.floor(decoded.length / width) }, (_, entry) => decoded[entry * width]!);

const requirePlainStream = ({ bytes, objects }: PdfFile, { start, trailer }: Section): void => {
  const { object } = new ObjectParser(bytes, objects, start).parseIndirectObject();
  const [widths, index] = [countsAt(trailer, 'W'), countsAt(trailer, 'Index')];
  require(object instanceof PdfStream && widths?.length === 3 && nameAt(trailer, 'Type') === 'XRef');
  require(isCount(trailer.get('Length')) && (index === undefined || index.length % 2 === 0));
  const decoded = decodeStream(object as PdfStream);
  const named = index ? sum(index.filter((_, at) => at % 2)) : (trailer.get('Size') as PdfNumber).value;
  const width = sum(widths!);
  require(decoded.length >= named * width);
  // One of several bytes is read as one here: no writer has such types.
  require(widths![0]! <= 1 && (widths![0] === 0 || typesOf(decoded, width).every((type) => type <= lastType)));
};

/**
 * A cross-reference that every reader takes for the same: those that do not find what it says where it says look for objects
 * in all of the file, and show what they find last.
 * @throws Fault
 */
export const requirePlainSection = (file: PdfFile): void => {
  const section = file.crossReference.sections[0]!;
  const { kind, trailer } = section;
  require(!isAmbiguous(trailer) && isCount(trailer.get('Size')) && isCount(trailer.get('Prev')));
  if (kind === 'table') requirePlainTable(file, section);
  else requirePlainStream(file, section);
};
