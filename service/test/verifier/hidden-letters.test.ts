import { expect, test } from 'vitest';
import { judgeLaterChanges } from '@tu-esign/verifier/changes/judge-changes.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { appendUpdate, open, streamOf } from '../fuzz/changes/append-update.ts';
import { withTable } from '../hostile-pdfs.ts';
import { cover, valueOf } from './by-hand.ts';

/** Ten letters of a page, and what other annotations say: how much of them may lie under what is filled in or signed later. */

type Objects = Record<number, string>;

const look = (content: string, entries = ''): string =>
  streamOf(
    content,
    `/Type /XObject /Subtype /Form /BBox [0 0 100 10] /Resources << /Font << /F1 5 0 R >> >> ${entries}`,
  );
const box = look('0 0 100 10 re f');
/** As large as a place for a signature. */
const small = (content: string): string => streamOf(content, '/Type /XObject /Subtype /Form /BBox [0 0 30 6]');
const place = (left: number, right: number): string => `/Rect [${left} 700 ${right} 706]`;
const field = (name: string, entries: string): string =>
  `<< /Type /Annot /Subtype /Widget /FT /Sig /T (${name}) /F 4 ${entries} >>`;

/** Each letter is five wide, from 100 on. Six lie under the first field for a signature, four under the second. */
const original: Objects = {
  1: '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [10 0 R 11 0 R 12 0 R 13 0 R 14 0 R] >> >>',
  2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
  3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> /Annots [10 0 R 11 0 R 12 0 R 13 0 R 14 0 R 15 0 R] >>',
  4: streamOf('BT /F1 10 Tf 100 700 Td (abcdefghij) Tj ET'),
  5: `<< /Type /Font /Subtype /TrueType /BaseFont /Mine /FirstChar 97 /Widths [${'500 '.repeat(26)}] >>`,
  10: '<< /Type /Annot /Subtype /Widget /FT /Sig /T (signed) /V << /Type /Sig >> /Rect [0 0 0 0] >>',
  11: field('six', place(100, 130)),
  12: field('four', place(130, 150)),
  13: field('five', place(100, 125)),
  14: '<< /Type /Annot /Subtype /Widget /FT /Tx /T (text) /F 4 /Rect [300 500 400 510] >>',
  15: '<< /Type /Annot /Subtype /Link /Rect [300 400 400 410] >>',
  16: look('BT /F1 10 Tf 2 2 Td (xxxx) Tj ET'),
  17: box,
};

const write = (others: Objects): Buffer =>
  withTable(
    Object.entries({ ...original, ...others }).map(([number, body]): [number, string] => [Number(number), body]),
  );

/** What is told of updates, one behind the other, of the original with other objects. */
const toldOf = (others: Objects, ...updates: Objects[]): (string | undefined)[] => {
  const base = write(others);
  const document = updates.reduce((before, objects) => cover(appendUpdate(before, { objects })), base);
  const { changes } = judgeLaterChanges(open(document), [base.length], nodePorts).get(base.length)!;
  return changes.flatMap(({ detail, allowed }) => (allowed ? [] : [detail]));
};

const signed = (name: 'six' | 'four' | 'five', entries = '/AP << /N 22 0 R >>', at = 21): Objects => {
  const number = { six: 11, four: 12, five: 13 }[name];
  return {
    [number]: original[number]!.replace(' >>', ` /V ${at} 0 R ${entries} >>`),
    [at]: valueOf(),
    22: small('0 0 30 6 re f'),
  };
};
const most = 'it hides most of the text that was there';

test('a signature in a place that was there hides half of a page’s letters, and no more', () => {
  expect(toldOf({}, signed('six'))).toEqual([most]);
  expect(toldOf({}, signed('five'))).toEqual([]);
  expect(toldOf({}, signed('four'))).toEqual([]);
  expect(toldOf({}, { ...signed('six'), 22: small('0 0 20 6 re f') })).toEqual([]);
});

test('signatures hide it together', () => {
  expect(toldOf({}, signed('four'), signed('five', undefined, 23))).toEqual([most]);
  // Who hides nothing is not told for the others.
  const nothing = { ...signed('four', '/AP << /N 24 0 R >>', 23), 24: small('0 0 1 1 re f') };
  expect(toldOf({}, signed('six'), nothing)).toEqual([most]);
});

test('a colour hides it where there is no look, and what was hidden before is hidden', () => {
  expect(toldOf({}, signed('six', '/MK << /BG [1] >>'))).toEqual([most]);
  expect(toldOf({}, signed('six', '/MK << /BC [1] >>'))).toEqual([]);
  expect(toldOf({}, signed('six', ''))).toEqual([]);
  expect(toldOf({ 11: original[11]!.replace(' >>', ' /AP << /N 17 0 R >> >>') }, signed('six'))).toEqual([]);
  expect(
    toldOf(
      { 11: original[11]!.replace(' >>', ' /MK << /BG [1] >> >>') },
      signed('six', '/MK << /BG [1] >> /AP << /N 22 0 R >>'),
    ),
  ).toEqual([]);
});

/** A new field, signed or not. */
const added = (entries: string, content = original[3]!): Objects => ({
  1: original[1]!.replace('14 0 R]', '14 0 R 20 0 R]'),
  3: content.replace('15 0 R]', '15 0 R 20 0 R]'),
  20: `<< /Type /Annot /Subtype /Widget /FT /Sig /T (new) /F 132 ${entries} >>`,
  21: valueOf(),
  22: streamOf('', '/Type /XObject /Subtype /Form /BBox [0 0 5 6]'),
});
const over = `${place(100, 105)} /V 21 0 R`;

test('a new signature lies over no letter, unless it is not drawn', () => {
  const told = ['it lies over text that was there'];
  expect(toldOf({}, added(`${over} /AP << /N 22 0 R >>`))).toEqual(told);
  expect(toldOf({}, added(`${over} /MK << /BG [1] >>`))).toEqual(told);
  expect(toldOf({}, added(place(100, 105)))).toEqual(told);
  expect(toldOf({}, added(over))).toEqual([]);
  expect(toldOf({}, added(`${place(150, 180)} /V 21 0 R /AP << /N 22 0 R >>`))).toEqual([]);
});

test('a place that was on no page is a new one where it is put', () => {
  const unseen = { 3: original[3]!.replace(' 13 0 R', '') };
  expect(toldOf(unseen, { ...signed('five'), 3: original[3]! })).toEqual(['it lies over text that was there']);
  expect(toldOf({}, { ...signed('five'), 3: original[3]! })).toEqual([]);
});

test('what lies below is looked for on its own page', () => {
  const page = '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>';
  const two = { 2: '<< /Type /Pages /Kids [3 0 R 30 0 R] /Count 2 >>', 30: page };
  const onSecond = page.replace(' >>', ' /Annots [20 0 R] >>');
  const update = { ...added(`${over} /AP << /N 22 0 R >>`), 3: original[3]!, 30: onSecond };
  expect(toldOf(two, update)).toEqual([]);
});

test('what is drawn on a page that cannot be read is told, but for a place that was there', () => {
  const unread = { 4: streamOf('x', '/Filter /Nobody') };
  const told = ['what it lies over cannot be told'];
  expect(toldOf(unread, added(`${over} /AP << /N 22 0 R >>`))).toEqual(told);
  expect(toldOf(unread, added(over))).toEqual([]);
  expect(toldOf(unread, signed('six'))).toEqual([]);
  const filled = original[14]!.replace(' >>', ' /V (x) >>');
  expect(toldOf(unread, { 14: filled })).toEqual([]);
  const coloured = original[14]!.replace(' >>', ' /MK << /BG [1] >> >>');
  expect(toldOf({ ...unread, 14: coloured }, { 14: coloured.replace('/MK', '/V (x) /MK') })).toEqual(told);
  expect(toldOf(unread, { 14: filled.replace(' >>', ' /AP << /N 22 0 R >> >>'), 22: box })).toEqual(told);
});

/** Fills the text field by what hides all that is under it, where there is one half of another annotation. */
const under = (annotation: string, filling = box): (string | undefined)[] =>
  toldOf(
    { 15: `<< /Type /Annot /Rect [300 500 500 510] ${annotation} >>` },
    { 14: original[14]!.replace(' >>', ' /V (x) /AP << /N 22 0 R >> >>'), 22: filling },
  );

test.each([
  ['a look', '/Subtype /Stamp /AP << /N 16 0 R >>'],
  ['a look of a state', '/Subtype /Stamp /AS /On /AP << /N << /On 16 0 R /Off 17 0 R >> >>'],
  ['a look of no state', '/Subtype /Stamp /AP << /N << /On 17 0 R /Off 16 0 R >> >>'],
  ['a look that is printed, and locked', '/Subtype /Stamp /F 132 /AP << /N 16 0 R >>'],
])('what other annotations say is hidden by a field that lies over it: %s', (_, annotation) => {
  expect(under(annotation)).toEqual(['it hides text that was there']);
  expect(under(annotation, look('BT /F1 9 Tf 2 2 Td (x) Tj ET'))).toEqual([]);
});

const asWidget = (value: string): (string | undefined)[] => under(`/Subtype /Widget /Rect [300 500 400 510] ${value}`);

test('what readers write themselves is hidden where they write it', () => {
  for (const value of ['/V (x)', '/V [( ) (x)]']) expect(asWidget(value)).toEqual(['it hides text that was there']);
  for (const value of ['', '/V ( )', '/V /x', '/V [( ) /x]', '/Contents (x)']) expect(asWidget(value)).toEqual([]);
});

test.each([
  ['a look without letters', '/Subtype /Stamp /AP << /N 17 0 R >>'],
  ['a look of another state', '/Subtype /Stamp /AS /On /AP << /N << /On 17 0 R /Off 16 0 R >> >>'],
  ['a look that is hidden', '/Subtype /Stamp /F 2 /AP << /N 16 0 R >>'],
  ['a look that is on paper alone', '/Subtype /Stamp /F 32 /AP << /N 16 0 R >>'],
  ['a look without a place', '/Subtype /Stamp /AP << /N 16 0 R >> /Rect [300 500 300 510]'],
])('there is nothing to be hidden: %s', (_, annotation) => {
  expect(under(annotation)).toEqual([]);
});

/** Fills the field over ten letters, with text in this size. */
const written = (content: string): (string | undefined)[] =>
  toldOf(
    { 14: original[14]!.replace('[300 500 400 510]', '[100 697 200 707]') },
    {
      14: original[14]!
        .replace('[300 500 400 510]', '[100 697 200 707]')
        .replace(' >>', ' /V (x) /AP << /N 22 0 R >> >>'),
      22: look(content),
    },
  );

const line = '1 0 0 1 0 3 Tm (abcdefghij) Tj';
const many = (count: number): string => `BT /F1 1 Tf 98 3 Td [${'(a) 500 '.repeat(count)}] TJ ET`;

test('letters hide what is below them where they are huge, many, or written over one another', () => {
  const hides = ['it hides text that was there'];
  expect(written(`BT /F1 10 Tf ${line} ET`)).toEqual([]);
  expect(written(`BT /F1 10 Tf ${line} ${line} ET`)).toEqual(hides);
  expect(written(`BT /F1 50 Tf 0 -10 Td (abcdefghij) Tj ET`)).toEqual([]);
  expect(written(`BT /F1 52 Tf 0 -10 Td (abcdefghij) Tj ET`)).toEqual(hides);
  expect(written(`BT /F1 -26 Tf 2 0 0 2 100 10 Tm (abcdefghij) Tj ET`)).toEqual(hides);
  expect(written(many(10_000))).toEqual([]);
  expect(written(many(10_001))).toEqual(hides);
});

test.each([-1, 7])('what rises above small letters, and goes below the line, hides as well: %s', (y) => {
  const line = `1 0 0 1 0 ${y} Tm (abcdefghij) Tj `;
  expect(written(`BT /F1 10 Tf ${line.repeat(8)} ET`)).toEqual(['it hides text that was there']);
});
