import { expect, test } from 'vitest';
import { judgeLaterChanges } from '@tu-esign/verifier/changes/judge-changes.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { appendUpdate, open, streamOf } from '../fuzz/changes/append-update.ts';
import { withTable } from '../hostile-pdfs.ts';
import { cover, ends, valueOf } from './by-hand.ts';

/** A later signature lies over nothing that was seen, and is drawn within its place. */

type Objects = Record<number, string>;

const look = (content: string, frame = '/BBox [0 0 180 60]'): string =>
  streamOf(content, `/Type /XObject /Subtype /Form ${frame}`);

const original = (annotation: string, others: Objects = {}): Objects => ({
  1: '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [10 0 R] >> >>',
  2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
  3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Annots [10 0 R 11 0 R] >>',
  10: '<< /Type /Annot /Subtype /Widget /FT /Sig /T (signed) /V << /Type /Sig >> /Rect [0 0 0 0] >>',
  11: `<< /Type /Annot ${annotation} >>`,
  12: look('0 0 180 60 re f'),
  ...others,
});
const ink = look('0 0 1 rg 0 0 180 60 re f');

/** Signed in a new field, whose widget says this of itself. */
const signed = (widget: string, drawn = ink): Objects => ({
  1: '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [10 0 R 20 0 R] >> >>',
  3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Annots [10 0 R 11 0 R 20 0 R] >>',
  20: `<< /Type /Annot /Subtype /Widget /FT /Sig /T (new) /V 21 0 R /P 3 0 R ${widget} >>`,
  21: valueOf(),
  22: drawn,
});

const write = (objects: Objects): Buffer =>
  withTable(Object.entries(objects).map(([number, body]): [number, string] => [Number(number), body]));

const toldOf = (base: Objects, objects: Objects): (string | undefined)[] => {
  const pdf = write(base);
  const document = cover(appendUpdate(pdf, { objects }));
  const { changes } = judgeLaterChanges(open(document), [pdf.length], nodePorts).get(pdf.length)!;
  return changes.flatMap(({ detail, allowed }) => (allowed ? [] : [detail]));
};

const beside = '/Rect [320 500 500 560] /AP << /N 22 0 R >>';
const over = '/Rect [100 100 280 160] /AP << /N 22 0 R >>';
const at = '/Rect [110 110 200 150]';
const link = original(`/Subtype /Link ${at}`);

test.each<[string, string, Objects?]>([
  ['a stamp', `/Subtype /Stamp ${at} /AP << /N 12 0 R >>`],
  ['a remark that readers draw', `/Subtype /Square ${at}`],
  ['a text on the page', `/Subtype /FreeText ${at}`],
  ['a field that says something', `/Subtype /Widget /FT /Tx /V (x) ${at} /AP << /N 12 0 R >>`],
  ['a field that says a name', `/Subtype /Widget /FT /Btn /V /Yes ${at} /AP << /N 12 0 R >>`],
  [
    'a widget of a field that says something',
    `/Subtype /Widget /Parent 13 0 R ${at} /AP << /N 12 0 R >>`,
    { 13: '<< /FT /Tx /V (x) >>' },
  ],
  ['a stamp that lies under it for the greater part', '/Subtype /Stamp /Rect [240 100 300 160] /AP << /N 12 0 R >>'],
])('a signature over %s is told', (_, annotation, others) => {
  expect(toldOf(original(annotation, others), signed(over))).toEqual(['it covers something that was there']);
});

test.each<[string, string, Objects?]>([
  ['a hidden stamp', `/Subtype /Stamp /F 2 ${at} /AP << /N 12 0 R >>`],
  ['a stamp that is not on the screen', `/Subtype /Stamp /F 32 ${at} /AP << /N 12 0 R >>`],
  ['a note', `/Subtype /Text ${at}`],
  ['a note’s window', `/Subtype /Popup ${at} /AP << /N 12 0 R >>`],
  ['a link', `/Subtype /Link ${at}`],
  ['a field that says nothing', `/Subtype /Widget /FT /Tx ${at} /AP << /N 12 0 R >>`],
  ['a field that says an empty text', `/Subtype /Widget /FT /Tx /V () ${at} /AP << /N 12 0 R >>`],
  ['a widget of no kind', `/Subtype /Widget /V (x) ${at} /AP << /N 12 0 R >>`],
  ['a stamp that lies under it for the lesser part', '/Subtype /Stamp /Rect [260 100 400 160] /AP << /N 12 0 R >>'],
  ['a stamp that lies under it by half', '/Subtype /Stamp /Rect [190 100 370 160] /AP << /N 12 0 R >>'],
  ['a stamp without extent', '/Subtype /Stamp /Rect [200 100 200 160] /AP << /N 12 0 R >>'],
])('a signature may lie over %s', (_, annotation, others) => {
  expect(toldOf(original(annotation, others), signed(over))).toEqual([]);
});

test.each<[string, string, string?]>([
  ['within its place', beside],
  ['twice as large as its place', beside, look('', '/BBox [0 0 360 120]')],
  ['and turned', beside, look('', '/BBox [0 0 60 180] /Matrix [0 1 -1 0 60 0]')],
  [
    'nowhere, with a look without extent',
    '/Rect [0 0 0 0] /AP << /N 22 0 R >>',
    look('0 0 9 9 re f', '/BBox [0 0 0 0]'),
  ],
  ['where there is no width', '/Rect [320 500 320 560] /AP << /N 22 0 R >>'],
  ['and is empty', beside, look(' \n', '/BBox [0 0 0 0]')],
  ['and says nothing', beside, look(' % nothing\n', '/BBox [0 0 0 0]')],
  ['over most of a small part', '/Rect [0 0 300 100] /AP << /N 22 0 R >>'],
  ['over half of the page', '/Rect [0 0 612 396] /AP << /N 22 0 R >>'],
  ['without a look, where it is turned off for paper', '/Rect [320 500 500 560] /F 32'],
])('a signature is drawn %s', (_, widget, drawn) => {
  expect(toldOf(link, signed(widget, drawn))).toEqual([]);
});

/** The same on a small page. */
const small = (objects: Objects): Objects => ({ ...objects, 3: objects[3]!.replace('612 792', '300 150') });
/** As wide as that. */
const widget = (height: number): string => `/Rect [0 0 300 ${height}] /AP << /N 22 0 R >>`;

test('a signature of an ordinary size takes what there is on a small page', () => {
  expect(toldOf(small(link), small(signed(widget(100))))).toEqual([]);
  expect(toldOf(small(link), small(signed(widget(101))))).toEqual(['it covers most of the page']);
});

const [noBounds, larger, none] = [
  'the appearance has no bounds',
  'the appearance is larger than its rectangle',
  'the appearance is no form XObject',
];

/** Its square is no number that is counted with. */
const huge = '9'.repeat(200);

test.each<[string, string, string, string?]>([
  ['a look without a box', noBounds, beside, look('', '')],
  ['a look with a box of names', noBounds, beside, look('', '/BBox [/a 0 0 0]')],
  ['a look with half a matrix', noBounds, beside, look('', '/BBox [0 0 9 9] /Matrix [1 0]')],
  ['a look as wide as no number', noBounds, beside, look('', `/BBox [0 0 ${huge} 60] /Matrix [${huge} 0 0 1 0 0]`)],
  ['a look as high as no number', noBounds, beside, look('', `/BBox [0 0 180 ${huge}] /Matrix [1 0 0 ${huge} 0 0]`)],
  ['a look that lies nowhere', noBounds, beside, look('', `/BBox [${huge} 0 ${huge} 60] /Matrix [${huge} 0 0 1 0 0]`)],
  ['a look without width that draws', noBounds, beside, look('0 0 9 9 re f', '/BBox [0 0 0 9]')],
  ['a look without height that draws', noBounds, beside, look('0 0 9 9 re f', '/BBox [0 0 9 0]')],
  ['a look without extent that cannot be decoded', noBounds, beside, look('x', '/BBox [0 0 0 0] /Filter /Nobody')],
  ['a look that is too wide', larger, beside, look('', '/BBox [0 0 363 60]')],
  ['a look that is too high', larger, beside, look('', '/BBox [0 0 180 123]')],
  ['a picture', none, beside, streamOf('x', '/Subtype /Image')],
  ['a dictionary', none, beside, '<< /Subtype /Form /BBox [0 0 9 9] >>'],
  ['another place of no extent', 'its rectangle is none', '/Rect [0 0 9] /AP << /N 22 0 R >>'],
  ['a look on the screen alone', 'it is not everywhere and always the same', `${beside} /F 32`],
  ['a look that is hidden', 'it is not everywhere and always the same', `${beside} /F 2`],
  ['a look that is not scaled', 'it is not everywhere and always the same', `${beside} /F 8`],
  ['a look that is not turned', 'it is not everywhere and always the same', `${beside} /F 16`],
  ['a look over most of the page', 'it covers most of the page', '/Rect [0 0 612 700] /AP << /N 22 0 R >>'],
])('%s is told', (_, told, widget, drawn) => {
  expect(toldOf(link, signed(widget, drawn))).toContain(told);
});

/** Signed in a new field, of which something else is said. */
const renamed = (from: string, to: string, widget = beside): Objects => {
  const objects = signed(widget);
  expect(objects[20]).toContain(from);
  return { ...objects, 20: objects[20]!.replace(from, to) };
};

/** With a field that was there, over what else is on the page. */
const withField = (annotation: string, rectangle: string): Objects => ({
  ...original(annotation),
  1: signed('')[1]!,
  3: signed('')[3]!,
  20: `<< /Type /Annot /Subtype /Widget /FT /Sig /T (empty) ${rectangle} >>`,
});
const signedNow = (rectangle: string, entries = '/AP << /N 22 0 R >>', drawn = ink): Objects => ({
  20: `<< /Type /Annot /Subtype /Widget /FT /Sig /T (empty) /V 21 0 R ${rectangle} ${entries} >>`,
  21: valueOf(),
  22: drawn,
});
const place = '/Rect [100 100 280 160]';

const toldWith = (annotation: string, rectangle: string, objects: Objects) =>
  toldOf(withField(annotation, rectangle), objects);

test('a field that was there lies over what it lies over, and is drawn within its place', () => {
  expect(toldWith(`/Subtype /Link ${at}`, place, signedNow(place))).toEqual([]);
  expect(toldWith(`/Subtype /Stamp ${at} /AP << /N 12 0 R >>`, place, signedNow(place))).toEqual([
    'it covers something that was there',
  ]);
  const wide = '/Rect [0 0 612 700]';
  expect(toldWith(`/Subtype /Link ${at}`, wide, signedNow(wide))).toEqual(['it covers most of the page']);
  expect(toldWith(`/Subtype /Link ${at}`, place, signedNow(place, undefined, look('', '/BBox [0 0 999 9]')))).toEqual([
    larger,
  ]);
});

test('a field that was there is signed with its own look, or none, or where it is put on a page', () => {
  const link = `/Subtype /Link ${at}`;
  const drawn = '/AP << /N 12 0 R >>';
  const anew = { ...signedNow(place, drawn), 12: ink };
  expect(toldWith(link, `${place} ${drawn}`, anew)).toEqual([]);
  expect(toldWith(link, place, signedNow(place, '/AP []'))).toEqual([]);
  const stamp = `/Subtype /Stamp ${at} /AP << /N 12 0 R >>`;
  expect(toldWith(stamp, place, signedNow(place, ''))).toEqual(['it covers something that was there']);
  const page = signed('')[3]!;
  const unseen = { ...withField(link, place), 3: page.replace(' 20 0 R', '') };
  expect(toldOf(unseen, { ...signedNow(place), 3: page })).toEqual([]);
});

test('who has signed signs no more in that field', () => {
  const again = { 10: original('')[10]!.replace('<< /Type /Sig >>', '21 0 R'), 21: valueOf() };
  expect(toldOf(link, again)).toEqual(['/V was changed', 'no rule allows it to be added']);
});

test.each<[string, string, Objects]>([
  ['it has not one widget of its own', 'kids that are a number', renamed('/P 3 0 R', '/Kids 1')],
  ['it has not one widget of its own', 'a kid that is missing', renamed('/P 3 0 R', '/Kids [99 0 R]')],
  [
    'it has not one widget of its own',
    'a kid within itself',
    renamed('/P 3 0 R', '/Kids [<< /Type /Annot /Subtype /Widget /Parent 20 0 R >>]'),
  ],
  ['its place is no widget', 'a type that is a text', renamed('/Annot', '(Annot)')],
  ['its place is no widget', 'a kind that is a text, not drawn', renamed('/Widget', '(Widget)', '/Rect [0 0 0 0]')],
])('a new field is told, for %s: %s', (told, _, objects) => {
  expect(toldOf(link, objects)[0]).toBe(told);
});

test('what is no signature is told once', () => {
  expect(toldOf(link, { ...renamed('/V 21 0 R', '/V (x)'), 21: '(x)' })).toEqual(['its value is no signature']);
  const text = { 20: signedNow(place)[20]!.replace('/V 21 0 R', '/V (x)'), 22: ink };
  expect(toldWith(`/Subtype /Link ${at}`, place, text)).toEqual(['its value is no signature']);
});

/** What is told of what came after the first of these. */
const toldAfter = (before: Buffer, document: Buffer) =>
  judgeLaterChanges(open(document), [before.length], nodePorts)
    .get(before.length)!
    .changes.flatMap(({ detail, allowed }) => (allowed ? [] : [detail]));

test('a signature covers all up to the end, and was not written before', () => {
  const pdf = write(link);
  const objects = signed(beside);
  expect(toldAfter(pdf, cover(appendUpdate(pdf, { objects }).subarray(0, -1)))).toEqual([]);
  const beforehand = cover(write({ ...link, 21: valueOf(`0 ${ends.from} ${ends.until} 9999999`) }));
  const { 21: _, ...later } = objects;
  expect(toldAfter(beforehand, appendUpdate(beforehand, { objects: later }))).toContain(
    'its value is no signature over this revision',
  );
});
