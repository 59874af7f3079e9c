import { indexOfBytes, fromLatin1 } from '#bytes.ts';
import { readEntries } from '#pdf/cross-reference.ts';
import { Fault } from '#pdf/fault.ts';
import { Lexer } from '#pdf/parsing/lexer.ts';
import { openPdf, type PdfFile } from '#pdf/pdf-file.ts';
import type { Inflater } from '#ports/ports.ts';
import { faultOfUpdate } from './plain-update.ts';

/** Updates behind a signature; agreements have a few. */
const mostRevisions = 200;

/** A revision, and the one that it updates. */
export interface Step {
  before: PdfFile;
  after: PdfFile;
  /** Numbers of all objects that its section of the cross-reference names, in use or free. */
  numbers: number[];
  /** Behind its `%%EOF`. */
  end: number;
  /** Counted from 1, the file as it was first written. */
  revision: number;
  /** Why readers may take it for something else than is judged here, if they may. */
  fault: string | undefined;
}

/** White space behind the last `%%EOF`. */
const mostBehind = 512;

const startxref = fromLatin1('startxref');

/** Behind the `%%EOF` of the section that starts there. */
const endOfSection = (bytes: Uint8Array, start: number): number => {
  for (let at = indexOfBytes(bytes, startxref, start); at !== -1; at = indexOfBytes(bytes, startxref, at + 1)) {
    const lexer = new Lexer(bytes, at + startxref.length);
    lexer.skipSpace();
    const named = lexer.acceptInteger();
    lexer.skipSpace();
    if (named === start && lexer.acceptLetters('%%EOF')) return lexer.at;
  }
  throw new Fault('A revision does not end');
};

const startsOf = ({ crossReference }: PdfFile): number[] => crossReference.sections.map(({ start }) => start);

/** How often a file was updated; a linearized one has two sections at first (ISO 32000-2, annex F). */
const countRevisions = (file: PdfFile): number => {
  const starts = startsOf(file).toReversed();
  const linearized = starts.length > 1 && starts[1]! < starts[0]!;
  return starts.length - Number(linearized);
};

/** What came before an update, and where that ended. */
interface Earlier {
  before: PdfFile;
  from: number;
}

/** Opens the file as it was at the end of an update. @throws Fault where that is not what the update says */
const openRevision = (bytes: Uint8Array, start: number, { before, from }: Earlier, ports: Inflater): Step => {
  const end = endOfSection(bytes, start);
  const after = openPdf(bytes.subarray(0, end), ports);
  const [own, ...earlier] = startsOf(after);
  if (own !== start || earlier.join() !== startsOf(before).join())
    throw new Fault('A revision does not update the one before it');
  if (after.crossReference.sections[0]!.trailer.has('XRefStm'))
    throw new Fault('A revision has two cross-references, of which readers take one or both');
  const entries = readEntries(after.bytes, after.objects, start);
  const numbers = entries.map(({ number }) => number);
  if (new Set(numbers).size !== numbers.length) throw new Fault('A revision names an object twice');
  const fault = faultOfUpdate({ after, numbers, from, end });
  return { before, after, numbers, end, revision: countRevisions(before) + 1, fault };
};

/** Readers look for the last `startxref` in the last thousand bytes of a file, and mend it where there is none. */
const requireEnd = (bytes: Uint8Array, end: number): void => {
  const lexer = new Lexer(bytes, end);
  lexer.skipSpace();
  if (lexer.at !== bytes.length || bytes.length - end > mostBehind)
    throw new Fault('Something lies behind the last revision');
};

/**
 * What was done to a file since it ended at `end`, update by update.
 * @throws Fault where its updates do not follow one another, each behind the one before
 */
export function* readSteps(file: PdfFile, end: number, ports: Inflater): Generator<Step> {
  let before = openPdf(file.bytes.subarray(0, end), ports);
  const known = startsOf(before);
  const starts = startsOf(file);
  const later = starts.slice(0, starts.length - known.length).toReversed();
  if (later.length > mostRevisions) throw new Fault('There are too many revisions');
  if (starts.slice(later.length).join() !== known.join()) throw new Fault('What was signed is not what is updated');
  let last = end;
  for (const start of later) {
    if (start < last) throw new Fault('A revision lies within an earlier one');
    const step = openRevision(file.bytes, start, { before, from: last }, ports);
    yield step;
    before = step.after;
    last = step.end;
  }
  if (later.length) requireEnd(file.bytes, last);
}
