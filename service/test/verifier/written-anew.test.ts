import { expect, test } from 'vitest';
import { compareOriginal } from '@tu-esign/verifier/changes/original/compare-original.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { appendUpdate, open, streamOf } from '../fuzz/changes/append-update.ts';
import { stream, withTable } from '../hostile-pdfs.ts';

/** A document that does not begin with the original's bytes is held to it page by page, object by object. */

type Objects = Record<number, Buffer | string>;

const look = (content: string, entries = ''): string =>
  streamOf(content, `/Type /XObject /Subtype /Form /BBox [0 0 180 60] ${entries}`);

const words = 'BT /F1 24 Tf 72 700 Td (Pay 100 pesos) Tj /F2 24 Tf 0 -50 Td (to 1) Tj ET /X1 Do';
const scan = (entries: string): string =>
  `/Type /XObject /Subtype /Image /Width 8 /Height 8 /Filter /JBIG2Decode ${entries}`;
const original = {
  1: '<< /Type /Catalog /Pages 2 0 R /AcroForm 6 0 R /PageMode /UseNone /Own 16 0 R >>',
  2: '<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>',
  3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 7 0 R /Resources << /Font << /F1 8 0 R >> /XObject << /X1 9 0 R >> >> /Annots [10 0 R 11 0 R 12 0 R] >>',
  4: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents [14 0 R 15 0 R] >>',
  6: '<< /Fields [10 0 R 11 0 R] /DA (/F1 9 Tf 0 g) /Q 0 /DR << /Font << /F1 8 0 R >> >> >>',
  7: streamOf(words),
  8: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  9: streamOf('abc', scan('/DecodeParms << /JBIG2Globals 13 0 R >>')),
  10: '<< /Type /Annot /Subtype /Widget /FT /Tx /T (text) /V (100) /F 4 /Rect [72 600 200 620] >>',
  11: '<< /Type /Annot /Subtype /Widget /FT /Sig /T (empty) /F 4 /Rect [320 300 500 360] >>',
  12: '<< /Type /Annot /Subtype /Link /Rect [72 500 200 520] /A << /S /URI /URI (https://example.com) >> >>',
  13: streamOf('symbols'),
  14: streamOf('1 0 0 rg'),
  15: streamOf('9 9 9 9 re f'),
  16: '<< /List [1 [2]] /Page 4 0 R /Self 16 0 R /Part << /X 1 >> >>',
};

const write = (objects: Objects): Buffer =>
  withTable(Object.entries(objects).map(([number, body]): [number, Buffer | string] => [Number(number), body]));

const opened = open(write(original));

/** What is found of a document that is the original with other objects, written anew. */
const compare = (others: Objects = {}, before = opened) => {
  const document = open(write({ 99: '(anew)', ...original, ...others }));
  const { kept, unchanged, changes } = compareOriginal(before, document, nodePorts);
  expect(unchanged).toBe(changes.length === 0);
  for (const { kind, allowed, object, revision } of changes)
    expect([kind, allowed, object, revision]).toEqual(['unexplained', false, 'trailer', 0]);
  return { kept, told: changes.map(({ path, detail }) => `${path}: ${detail}`) };
};

/** An object of the original in which something else is written. */
const altered = (number: keyof typeof original, from: string, to: string): Objects => {
  expect(original[number]).toContain(from);
  return { [number]: original[number].replace(from, to) };
};

const value =
  '<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange [0 1 2 3] /Contents <00> >>';
const drawn = '/AP << /N 22 0 R >>';
const parts = { 21: value, 22: look('0 0 1 rg 0 0 180 60 re f') };
const beside = '/Rect [320 500 500 560]';

/** With one more annotation on the first page, that is a field. */
const withField = (field: string, others: Objects = {}): Objects => ({
  ...altered(3, '12 0 R]', '12 0 R 20 0 R]'),
  ...altered(6, '11 0 R]', '11 0 R 20 0 R]'),
  20: `<< /Type /Annot /Subtype /Widget /T (new) ${field} >>`,
  ...parts,
  ...others,
});
const signed = (entries: string, others: Objects = {}): Objects =>
  withField(`/FT /Sig /F 132 /V 21 0 R ${entries}`, others);

const stamped = signed(`${beside} ${drawn}`);

/** The field that was there, signed. */
const signedNow = (entries = drawn, others: Objects = {}): Objects => ({
  ...altered(11, '/F 4', `/F 132 /V 21 0 R ${entries}`),
  ...parts,
  ...others,
});

/** With one more page at the end. */
const withPage = (entries: string, others: Objects = {}): Objects => ({
  ...altered(2, '4 0 R] /Count 2', '4 0 R 23 0 R] /Count 3'),
  23: `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] ${entries} >>`,
  ...parts,
  ...others,
});
const onPage = (field: string): Objects =>
  withPage('/Annots [24 0 R]', { 24: `<< /Type /Annot /Subtype /Widget /T (new) /Rect [0 0 180 60] ${field} >>` });

test.each<[string, Objects]>([
  ['nothing', {}],
  ['another number', { ...altered(3, '8 0 R', '30 0 R'), ...altered(6, '8 0 R', '30 0 R'), 30: original[8] }],
  ['another filter', { 7: stream('', Buffer.from(words)), 15: stream('', Buffer.from('9 9 9 9 re f')) }],
  ['white space behind the content', { 7: streamOf(`${words}\r\n\t `), 14: streamOf('1 0 0 rg\n\0\f') }],
  [
    'a box and a turn that say what is so anyway',
    altered(4, '/MediaBox', '/Rotate 0 /CropBox [0 0 612 792] /MediaBox'),
  ],
  ['a list of no resources', altered(3, '/Font', '/ExtGState << >> /Font')],
  ['what is of nobody who reads', altered(3, '/Annots', '/LastModified (x) /PieceInfo << >> /Thumb 9 0 R /Annots')],
  [
    'what is judged elsewhere',
    altered(1, '/PageMode', '/Version /1.7 /Extensions << >> /DSS << >> /Perms << >> /PageMode'),
  ],
  [
    'metadata',
    { ...altered(1, '/PageMode', '/Metadata 30 0 R /PageMode'), 30: streamOf('x', '/Type /Metadata /Subtype /XML') },
  ],
  ['a signature beside the text', signed(`${beside} ${drawn}`)],
  ['a signature that is not seen', signed('/Rect [0 0 0 0]')],
  ['a signature over the text that is not drawn', signed('/Rect [70 690 300 730]')],
  ['a signature over a quarter of the page, not drawn', signed('/Rect [306 0 612 400]')],
  ['a signature over half of the page, not drawn', signed('/Rect [0 0 612 396]')],
  [
    'a signature whose widget stands apart',
    signed('/Kids [24 0 R]', {
      ...altered(3, '12 0 R]', '12 0 R 24 0 R]'),
      24: `<< /Type /Annot /Subtype /Widget /Parent 20 0 R /F 132 ${beside} ${drawn} >>`,
    }),
  ],
  ['the empty field signed', signedNow()],
  ['the empty field signed, and not drawn', signedNow('')],
  [
    'the empty field signed, and more said',
    signedNow(`${drawn} /M (D:2026) /MK << >> /DA (/F1 9 Tf) /P 3 0 R /Ff 1 /AS /x`),
  ],
  ['a page for a signature', onPage(`/FT /Sig /V 21 0 R ${drawn}`)],
  ['a page for somebody to sign', onPage('/FT /Sig')],
  [
    'a page for somebody to sign, with a look that is nothing',
    { ...onPage(`/FT /Sig ${drawn}`), 22: look('% nothing') },
  ],
])('%s is no change', (_, objects) => {
  expect(compare(objects)).toEqual({ kept: true, told: [] });
});

const [changed, more, odd] = [
  'page 1: it is not the original’s',
  'page 1: something was done to it',
  'page 3: it was added',
];
const form = 'Root/AcroForm: the form is not what it was';

test.each<[string, Objects, string, string?]>([
  ['another text', { 7: streamOf(words.replace('100', '900')) }, changed],
  ['a text that is no stream', { 7: '<< >>' }, changed],
  ['a text that cannot be decoded', { 7: streamOf(words, '/Filter /FlateDecode') }, changed],
  ['a part of a text that is missing', altered(4, '14 0 R 15 0 R', '15 0 R'), changed.replace('1', '2')],
  ['another box', altered(3, '0 0 612 792', '0 0 612 700'), changed],
  ['a box within it', altered(3, '/MediaBox', '/CropBox [0 0 612 700] /MediaBox'), changed],
  ['a turn', altered(3, '/MediaBox', '/Rotate 90 /MediaBox'), changed],
  ['another unit', altered(3, '/MediaBox', '/UserUnit 2 /MediaBox'), changed],
  ['another font', altered(8, 'Helvetica', 'Symbol'), changed],
  ['a font that is missing', altered(3, '/Font << /F1 8 0 R >>', '/Font << >>'), changed],
  ['no fonts', altered(3, '/Font << /F1 8 0 R >>', ''), changed],
  ['other symbols of a scan', altered(13, 'symbols', 'symbolz'), changed],
  ['another scan', altered(9, 'abc', 'abd'), changed],
  ['a scan with other symbols', { 9: streamOf('abc', scan('')) }, changed],
  ['another page first', altered(2, '3 0 R 4 0 R', '4 0 R 3 0 R'), changed],
  ['a page left out', altered(2, '4 0 R] /Count 2', '] /Count 1'), changed.replace('1', '2')],
  ['more content', { 7: streamOf(`${words} 0 0 9 9 re f`) }, more],
  ['a font of a name that nothing had', altered(3, '/F1 8 0 R', '/F1 8 0 R /F2 8 0 R'), more],
  ['a kind of resources that was not there', altered(3, '/Font', '/Shading << /S1 8 0 R >> /Font'), more],
  [
    'resources where there were none',
    altered(4, '/Contents', '/Resources << /Font << /F1 8 0 R >> >> /Contents'),
    more.replace('1', '2'),
  ],
  ['a page that acts', altered(3, '/Annots', '/AA << /O << /S /URI /URI (a:b) >> >> /Annots'), more],
  ['a page that is mixed with others', altered(3, '/Annots', '/Group << /S /Transparency >> /Annots'), more],
  ['an annotation that was removed', altered(3, ' 12 0 R]', ']'), more],
  ['annotations in another order', altered(3, '11 0 R 12 0 R', '12 0 R 11 0 R'), more],
  ['another link', altered(12, 'example.com', 'example.net'), more],
  [
    'a remark',
    {
      ...altered(3, '12 0 R]', '12 0 R 20 0 R]'),
      20: '<< /Type /Annot /Subtype /FreeText /Contents (x) /Rect [0 0 9 9] >>',
    },
    more,
  ],
  ['a signature over the text', signed(`/Rect [70 690 300 730] ${drawn}`), more],
  ['a signature over the text, by its colour', signed('/Rect [70 690 300 730] /MK << /BG [1] >>'), more],
  ['a signature over a field', signed(`/Rect [70 590 300 630] ${drawn}`), more],
  ['a signature over most of the page', signed('/Rect [0 0 612 680]'), more],
  ['a signature over most of the page, not drawn', signed('/Rect [0 0 612 780]'), more],
  ['a signature for the screen alone', signed(`${beside} ${drawn} /F 32`.replace('/F 132', '')), more],
  ['a signature that acts', signed(`${beside} ${drawn} /A << /S /URI /URI (a:b) >>`), more],
  ['a signature that acts by itself', signed(`${beside} ${drawn} /AA << /E << /S /URI /URI (a:b) >> >>`), more],
  ['a signature that is a layer', signed(`${beside} ${drawn} /OC << /Type /OCG /Name (x) >>`), more],
  ['a signature with another look under the pointer', signed(`${beside} /AP << /N 22 0 R /R 22 0 R >>`), more],
  ['a signature with states', signed(`${beside} /AP << /N << /Off 22 0 R >> >>`), more],
  ['a text that says it is signed', { ...stamped, 20: String(stamped[20]).replace('/Widget', '/FreeText') }, more],
  ['a field for text with a value', { ...withField(`/FT /Tx /V (x) ${beside} ${drawn}`), 6: original[6] }, more],
  ['a field for a signature, not signed', withField(`/FT /Sig ${beside}`), more],
  [
    'a field that was moved when it was signed',
    {
      ...signedNow(),
      11: '<< /Type /Annot /Subtype /Widget /FT /Sig /T (empty) /F 132 /V 21 0 R /Rect [320 400 500 460] >>',
    },
    more,
  ],
  ['a field that acts since it was signed', signedNow('/A << /S /URI /URI (a:b) >>'), more],
  ['a field that is drawn otherwise under the pointer', signedNow('/AP << /N 22 0 R /D 22 0 R >>'), more],
  ['a field that is drawn, and not signed', { ...altered(11, '/F 4', `/F 4 ${drawn}`), ...parts }, more],
  ['a page with content', withPage('/Contents 7 0 R'), odd],
  ['a page that acts by itself', withPage('/AA << /O << /S /URI /URI (a:b) >> >>'), odd],
  ['a page of a group', withPage('/Group << /S /Transparency >>'), odd],
  ['a page with a remark', withPage('/Annots [<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] >>]'), odd],
  ['a page with a signature that acts', onPage(`/FT /Sig /V 21 0 R ${drawn} /A << /S /URI /URI (a:b) >>`), odd],
  ['a page for somebody to sign, that says something', onPage(`/FT /Sig ${drawn}`), odd],
  ['a page with a signature of two looks', onPage('/FT /Sig /V 21 0 R /AP << /N 22 0 R /D 22 0 R >>'), odd],
  [
    'two pages',
    {
      ...withPage('', { 25: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>' }),
      ...altered(2, '4 0 R] /Count 2', '4 0 R 23 0 R 25 0 R] /Count 4'),
    },
    odd.replace('3', '4'),
  ],
  [
    'an action at the beginning',
    altered(1, '/PageMode', '/OpenAction [3 0 R /Fit] /PageMode'),
    'Root/OpenAction: it is not what it was',
  ],
  ['another view', altered(1, '/UseNone', '/UseOC'), 'Root/PageMode: it is not what it was'],
  ['a view that is no more', altered(1, '/PageMode /UseNone', ''), 'Root/PageMode: it is not what it was'],
  [
    'another font for fields',
    { ...altered(6, '/F1 8 0 R', '/F1 20 0 R'), 20: '<< /Type /Font /Subtype /Type1 /BaseFont /Symbol >>' },
    form,
  ],
  ['one more font for fields', altered(6, '/F1 8 0 R', '/F1 8 0 R /F2 8 0 R'), form],
  ['another look of fields', altered(6, '0 g', '1 g'), form],
  ['fields to the right', altered(6, '/Q 0', '/Q 2'), form],
  ['fields that readers draw', altered(6, '/Q 0', '/Q 0 /NeedAppearances true'), form],
  ['a form of another kind', altered(6, '/Q 0', '/Q 0 /XFA (x)'), form],
  ['a field that was removed', altered(6, '[10 0 R ', '['), form],
  ['no form', altered(1, '/AcroForm 6 0 R', ''), form],
  ['a field for text', { ...withField('/FT /Tx /Rect [0 0 0 0]'), 3: original[3] }, form],
])('%s is told', (_, objects, told) => {
  const found = compare(objects);
  expect(found).toEqual({ kept: told !== changed && told !== changed.replace('1', '2'), told: [told] });
});

test.each<[string, string, string]>([
  ['another list within a list', '[2]', '[3]'],
  ['a list with more', '[2]]', '[2] 3]'],
  ['no list', '[1 [2]]', '1'],
  ['another page', '4 0 R', '3 0 R'],
  ['no page', '4 0 R', '8 0 R'],
  ['a key twice', '/X 1', '/X 2 /X 1'],
  ['a key twice, the other way round', '/X 1', '/X 1 /X 2'],
  ['no dictionary', '<< /X 1 >>', '[/X 1]'],
  ['something else behind itself', '/X 1', '/X 2'],
])('what the catalogue leads to is told: %s', (_, from, to) => {
  expect(compare(altered(16, from, to)).told).toEqual(['Root/Own: it is not what it was']);
});

test('signatures that hide most of a page together are told', () => {
  const lower = signed('/Rect [0 0 612 300]');
  const both = {
    ...lower,
    3: String(lower[3]).replace('20 0 R]', '20 0 R 24 0 R]'),
    6: String(lower[6]).replace('20 0 R]', '20 0 R 24 0 R]'),
    24: '<< /Type /Annot /Subtype /Widget /FT /Sig /T (upper) /V 25 0 R /Rect [0 300 612 500] >>',
    25: value,
  };
  expect(compare(lower).told).toEqual([]);
  expect(compare(both).told).toEqual([more]);
});

test('a field that says something else is told where it is shown, too', () => {
  expect(compare(altered(10, '100', '900')).told).toEqual([more, form]);
});

test('a form that is new says how its fields are drawn', () => {
  const without = { ...original, ...altered(1, '/AcroForm 6 0 R', ''), ...altered(3, '10 0 R 11 0 R ', '') };
  const before = open(write(without));
  const objects = {
    ...without,
    ...altered(1, '', ''),
    6: '<< /Fields [20 0 R] /SigFlags 3 /DA (/F1 9 Tf 0 g) /Q 0 /DR << /Font << /F1 8 0 R >> >> >>',
  };
  const field = {
    20: `<< /Type /Annot /Subtype /Widget /FT /Sig /T (new) /F 132 /V 21 0 R ${beside} ${drawn} >>`,
    ...parts,
  };
  const page = { 3: without[3].replace('12 0 R]', '12 0 R 20 0 R]') };
  expect(compare({ ...objects, ...field, ...page }, before)).toEqual({ kept: true, told: [] });
});

/** What is found of the original with these objects, in which the field that was there is signed. */
const whenSigned = (others: Objects, entries?: string): string[] => {
  const before = open(write({ ...original, ...others }));
  const field = String(others[11] ?? original[11]).replace(/ \/AP << .* >> >>$/, ' >>');
  const now = field.replace('/F 4', `/F 132 /V 21 0 R ${entries ?? drawn}`);
  return compare({ ...others, ...parts, 11: now }, before).told;
};

test('a field that is signed keeps what else it looked like, and hides nothing', () => {
  const looks = {
    ...altered(11, '360] >>', '360] /AP << /N 30 0 R /R 31 0 R >> >>'),
    30: look(''),
    31: look('0 0 9 9 re f'),
  };
  expect(whenSigned(looks, '/AP << /N 22 0 R /R 31 0 R >>')).toEqual([]);
  expect(whenSigned(looks, '/AP << /N 22 0 R /R 22 0 R >>')).toEqual([more]);
  const stamp = {
    ...altered(3, '12 0 R]', '12 0 R 32 0 R]'),
    32: '<< /Type /Annot /Subtype /Stamp /Rect [330 310 400 340] /AP << /N 31 0 R >> >>',
    31: look('0 0 9 9 re f'),
  };
  expect(whenSigned(stamp)).toEqual([more]);
});

test('a field that is signed takes what there is on a small page', () => {
  const small = {
    ...altered(3, '11 0 R 12 0 R]', '12 0 R]'),
    ...altered(4, '612 792]', '200 100] /Annots [11 0 R]'),
    ...altered(11, '[320 300 500 360]', '[10 10 190 70]'),
  };
  expect(whenSigned(small)).toEqual([]);
  expect(whenSigned({ ...small, 14: streamOf('x', '/Filter /Nobody') })).toEqual([]);
});

const signedAt = (number: number, rectangle: string): Objects => ({
  [number]: `<< /Type /Annot /Subtype /Widget /FT /Sig /T (${number}) /V 21 0 R /Rect [${rectangle}] >>`,
});

test('how much signatures hide is told by the page, wherever its box lies', () => {
  const shifted = altered(4, '0 0 612 792', '100 100 712 892');
  const both = {
    ...shifted,
    4: String(shifted[4]).replace('/Contents', '/Annots [40 0 R 41 0 R] /Contents'),
    ...altered(6, '11 0 R]', '11 0 R 40 0 R 41 0 R]'),
    ...signedAt(40, '100 100 712 400'),
    ...parts,
  };
  const before = open(write({ ...original, ...shifted }));
  expect(compare({ ...both, ...signedAt(41, '100 400 712 490') }, before).told).toEqual([]);
  expect(compare({ ...both, ...signedAt(41, '100 400 712 550') }, before).told).toEqual([more.replace('1', '2')]);
});

test('a document that begins with the original has kept its pages where they are what they were', () => {
  const pdf = write(original);
  const compareUpdate = (objects: Record<number, string>) => {
    const { kept, unchanged } = compareOriginal(opened, open(appendUpdate(pdf, { objects })), nodePorts);
    return [kept, unchanged];
  };
  expect(compareUpdate({ 99: '(x)' })).toEqual([true, true]);
  expect(compareUpdate({ 16: '<< /X 1 >>' })).toEqual([true, false]);
  expect(compareUpdate({ 7: streamOf(words.replace('100', '900')) })).toEqual([false, false]);
});
