import { expect, test } from 'vitest';
import { fromLatin1 } from '@tu-esign/verifier/bytes.ts';
import { largestObjectNumber } from '@tu-esign/verifier/pdf/bounds.ts';
import { readCrossReference, readEntries } from '@tu-esign/verifier/pdf/cross-reference.ts';
import { ImpossibleFault } from '@tu-esign/verifier/pdf/fault.ts';
import { IndirectObjects } from '@tu-esign/verifier/pdf/objects/indirect-objects.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { streamOf } from '../fuzz/changes/append-update.ts';

/** Where a file says that its objects are: to the letter, or it is not read. */

const read = (text: string) => readCrossReference(fromLatin1(text), new IndirectObjects(nodePorts));
/** Behind a header; `START` is where it begins. */
const headed = (section: string): string => {
  const header = '%PDF-1.7\n';
  return `${header}${section}`.replace('START', String(header.length));
};
const ended = 'startxref\nSTART\n%%EOF\n';
const table = (entries: string, trailer = '<< >>'): string => headed(`xref\n${entries}trailer\n${trailer}\n${ended}`);
const used = (offset: number, generation = 0): string =>
  `${String(offset).padStart(10, '0')} ${String(generation).padStart(5, '0')} n \n`;

const placesOf = (text: string) => Object.fromEntries(read(text).places);

test('a table says where objects are, and which are free', () => {
  const text = table(`0 2\n0000000000 65535 f \n${used(17, 3)}7 1\n${used(170)}`, '<< /A 1 >>');
  const { places, sections, hybrid } = read(text);
  expect(Object.fromEntries(places)).toEqual({
    0: null,
    1: { offset: 17, generation: 3, section: 0 },
    7: { offset: 170, generation: 0, section: 0 },
  });
  expect([sections.length, sections[0]!.kind, sections[0]!.start, sections[0]!.own, hybrid]).toEqual([
    1,
    'table',
    9,
    undefined,
    false,
  ]);
  expect(text.slice(0, sections[0]!.end)).toMatch(/<< \/A 1 >>$/);
});

test('what is at the beginning of the file, or free with a place, is nowhere', () => {
  expect(placesOf(table(`0 2\n${used(0)}0000000017 00000 f \n`))).toEqual({ 0: null, 1: null });
});

test('some writers end lines with one character, and set white space where none belongs', () => {
  const short = used(17).replace(' \n', '\n');
  expect(placesOf(table(`0 2\n${short}${short}`))).toMatchObject({ 0: { offset: 17 }, 1: { offset: 17 } });
  expect(placesOf(table(` \n 0 \n 1 \n${used(17)}`))).toMatchObject({ 0: { offset: 17 } });
  expect(placesOf(headed(`\n xref 0 1\n${used(17)}trailer << >>\n${ended}`))).toMatchObject({ 0: { offset: 17 } });
});

test.each([
  ['short offsets', '0 1\n000000017 00000 n \n'],
  ['long offsets', '0 1\n00000000017 00000 n \n'],
  ['no offsets', '0 1\nabcdefghij 00000 n \n'],
  ['short generations', '0 1\n0000000017 0000 n \n'],
  ['two spaces', '0 1\n0000000017  00000 n\n'],
  ['two spaces before their use', '0 1\n0000000017 00000  n\n'],
  ['another use', '0 1\n0000000017 00000 x \n'],
  ['something behind their use', '0 1\n0000000017 00000 n/ \n'],
  ['fewer entries than they say', `0 2\n${used(17)}`],
  ['half a range', '0 '],
  ['counts that are none', '0 -1\n'],
])('a table with %s is not read', (_, entries) => {
  expect(() => read(table(entries))).toThrow('A cross-reference table has something else than entries');
});

test.each([
  ['A count is larger than its bytes can hold', table('0 900\n')],
  ['A count is larger than its bytes can hold', table(`${largestObjectNumber + 1} 0\n`)],
  ['An object number is too large', table(`${largestObjectNumber} 2\n`)],
  ['There is no trailer behind a cross-reference', headed(`xref\n0 1\n${used(17)}<< >>\n${ended}`)],
  ['The trailer is no dictionary', table('', '[]')],
  ['A cross-reference lies outside the file', table('').replace('\n9\n', '\n900\n')],
  ['A cross-reference lies outside the file', table('', '<< /Prev -9 >>')],
  ['A cross-reference lies outside the file', table('', '<< /Prev 9.5 >>')],
  ['The cross-reference is no stream', headed(`7 0 obj << >> endobj\n${ended}`)],
  ['The file does not end with a startxref', headed('xref\ntrailer << >>\n')],
  ['The file does not end with a startxref', headed('xref\ntrailer << >>\nstartxref\n%%EOF\n')],
  ['The file does not end with a startxref', headed('xref\ntrailer << >>\nstartxref\n9\n')],
])('%s: %#', (told, text) => {
  expect(() => read(text)).toThrow(told);
});

test('the highest number that there may be has an entry', () => {
  expect(placesOf(table(`${largestObjectNumber} 1\n${used(17)}`))).toHaveProperty(String(largestObjectNumber));
});

test('the last end of a file counts, and what it names', () => {
  const first = table(`0 1\n${used(17)}`);
  expect(placesOf(`${first}xref\n0 1\n${used(18)}trailer << >>\nstartxref ${first.length} %%EOF`)).toMatchObject({
    0: { offset: 18 },
  });
  expect(() => read('startxre')).toThrow('does not end');
});

const bytes = (...rows: number[][]): string => String.fromCharCode(...rows.flat());

const stream = (entries: string, content: string): string =>
  headed(`7 0 obj\n${streamOf(content, `/Type /XRef ${entries}`)}\nendobj\n${ended}`);

test('a stream says where objects are, in streams too, and which are free', () => {
  const content = bytes([0, 0, 0, 0], [1, 1, 2, 3], [2, 0, 9, 5], [3, 1, 1, 1]);
  const { places, sections } = read(stream('/W [1 2 1] /Size 4', content));
  expect(Object.fromEntries(places)).toEqual({
    0: null,
    1: { offset: 258, generation: 3, section: 0 },
    2: { stream: 9, index: 5, section: 0 },
    3: null,
  });
  expect([sections[0]!.kind, sections[0]!.own]).toEqual(['stream', { number: 7, start: 9 }]);
});

test('fields of a stream may be left out, and its ranges name what its entries are of', () => {
  expect(placesOf(stream('/W [0 1 0] /Size 9 /Index [2 1 5 2]', bytes([17], [18], [19])))).toEqual({
    2: { offset: 17, generation: 0, section: 0 },
    5: { offset: 18, generation: 0, section: 0 },
    6: { offset: 19, generation: 0, section: 0 },
  });
  // More than they name are of nothing, and what they name beyond has none.
  expect(Object.keys(placesOf(stream('/W [0 1 0] /Size 9 /Index [2 1]', bytes([17], [18]))))).toEqual(['2']);
  expect(Object.keys(placesOf(stream('/W [0 1 0] /Size 9 /Index [2 2 5 2]', bytes([17], [18], [19]))))).toEqual([
    '2',
    '3',
    '5',
  ]);
});

test('fields may have eight bytes', () => {
  expect(placesOf(stream('/W [0 8 0] /Size 1', bytes([0, 0, 0, 0, 0, 0, 0, 17])))).toMatchObject({ 0: { offset: 17 } });
});

test.each([
  ['A cross-reference stream lacks its widths', '/Size 1'],
  ['A cross-reference stream lacks its widths', '/W [1 2] /Size 1'],
  ['A cross-reference stream lacks its widths', '/W [1 9 1] /Size 1'],
  ['A cross-reference stream lacks its widths', '/W [1 -1 1] /Size 1'],
  ['A cross-reference stream lacks its widths', '/W [1 1.5 1] /Size 1'],
  ['The entries of a cross-reference stream take no room', '/W [0 0 0] /Size 1'],
  ['A cross-reference stream lacks its size', '/W [1 2 1]'],
  ['A count is larger than its bytes can hold', '/W [1 2 1] /Size 90'],
])('%s: %s', (told, entries) => {
  expect(() => read(stream(entries, bytes([1, 0, 17, 0])))).toThrow(told);
});

/** A file whose sections follow one another, each of which says where it lies; `PREV` is where the one before starts. */
const chain = (...sections: string[]): string => {
  let [text, previous] = ['%PDF-1.7\n', 0];
  for (const section of sections) {
    const start = text.length;
    text += section.replaceAll('PREV', String(previous)).replaceAll('OWN', String(start));
    previous = start;
  }
  return `${text}startxref\n${previous}\n%%EOF\n`;
};
const part = (entries: string, trailer: string): string => `xref\n${entries}trailer\n<< ${trailer} >>\n`;

test('newer sections come first, and what they say stands', () => {
  const { places, sections } = read(
    chain(part(`0 2\n${used(17)}${used(18)}`, ''), part(`1 1\n${used(19)}`, '/Prev PREV'), part('', '/Prev PREV')),
  );
  expect(Object.fromEntries(places)).toEqual({
    0: { offset: 17, generation: 0, section: 2 },
    1: { offset: 19, generation: 0, section: 1 },
  });
  expect(sections.length).toBe(3);
});

test('what is free in a newer section is free', () => {
  const text = chain(part(`1 1\n${used(18)}`, ''), part('1 1\n0000000000 00001 f \n', '/Prev PREV'));
  expect(placesOf(text)).toEqual({ 1: null });
});

test('sections that follow one another in a circle are read once', () => {
  expect(read(chain(part(`1 1\n${used(18)}`, '/Prev OWN'))).sections.length).toBe(1);
});

const own = (entries: string, content: string): string =>
  `7 0 obj\n${streamOf(content, `/Type /XRef ${entries}`)}\nendobj\n`;

test('a table may have a stream beside it, once', () => {
  const hybrid = chain(own('/W [0 1 0] /Size 2', bytes([17], [18])), part(`1 1\n${used(19)}`, '/XRefStm PREV'));
  const { places, hybrid: isHybrid, sections } = read(hybrid);
  expect(Object.fromEntries(places)).toMatchObject({ 0: { offset: 17, section: 0 }, 1: { offset: 19, section: 0 } });
  expect([isHybrid, sections.length]).toEqual([true, 1]);
  // A stream has none beside it.
  expect(read(chain(own('/W [0 1 0] /Size 1 /XRefStm 1', bytes([17])))).hybrid).toBe(false);
  const later = chain(own('/W [0 1 0] /Size 1', bytes([17])), part('', '/XRefStm PREV'), part('', '/Prev PREV'));
  expect(read(later).hybrid).toBe(true);
});

/** A stream that is all, and says that it is there. */
const itself = (offset: number): string => chain(own('/W [0 1 0] /Size 1 /Index [7 1]', bytes([offset])));
/** The same forty bytes further on. */
const further = (offset: number): string => ' '.repeat(40) + itself(offset).replace('\n9\n', '\n49\n');

test('a cross-reference may name itself, by its place or by the white space before it', () => {
  const told = 'A cross-reference has the number of another object';
  for (const offset of [9, 8, 2]) expect(Object.keys(placesOf(itself(offset)))).toEqual(['7']);
  for (const offset of [10, 100]) expect(() => read(itself(offset))).toThrow(told);
  for (const offset of [34, 49]) expect(Object.keys(placesOf(further(offset)))).toEqual(['7']);
  for (const offset of [30, 33, 50]) expect(() => read(further(offset))).toThrow(told);
});

test('a number of a cross-reference may be another object’s in a newer section, and not in its own or an older one', () => {
  const stream = own('/W [0 1 0] /Size 1', bytes([17]));
  const other = part(`7 1\n${used(200)}`, '/Prev PREV');
  expect(placesOf(chain(stream, other))).toMatchObject({ 7: { offset: 200 } });
  const older = chain(part(`7 1\n${used(200)}`, ''), own('/W [0 1 0] /Size 1 /Prev PREV', bytes([17])));
  expect(() => read(older)).toThrow('A cross-reference has the number of another object');
  const beside = chain(stream, part(`7 1\n${used(200)}`, '/XRefStm PREV'));
  expect(() => read(beside)).toThrow('A cross-reference has the number of another object');
  const inStream = chain(own('/W [1 1 1] /Size 1 /Index [7 1]', bytes([2, 9, 0])));
  expect(() => read(inStream)).toThrow('A cross-reference has the number of another object');
  // Where it is free it is nobody's.
  expect(placesOf(chain(own('/W [1 1 1] /Size 1 /Index [7 1]', bytes([0, 0, 0]))))).toEqual({ 7: null });
});

test('all that one section says is told in its order, twice as well', () => {
  const text = fromLatin1(table(`5 1\n${used(17)}0 1\n0000000000 65535 f \n5 1\n${used(18)}`));
  expect(readEntries(text, new IndirectObjects(nodePorts), 9)).toEqual([
    { number: 5, place: { offset: 17, generation: 0 } },
    { number: 0, place: null },
    { number: 5, place: { offset: 18, generation: 0 } },
  ]);
  expect(() => readEntries(text, new IndirectObjects(nodePorts), 900)).toThrow('outside the file');
});

test('a section of more bytes than there are is told before it is read', () => {
  expect(() => read(table('0 99999999\n'))).toThrow(ImpossibleFault);
});
