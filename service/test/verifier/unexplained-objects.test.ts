import { expect, test } from 'vitest';
import { judgeLaterChanges } from '@tu-esign/verifier/changes/judge-changes.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { appendUpdate, open, streamOf, type Update } from '../fuzz/changes/append-update.ts';
import { withObjectStream, withTable } from '../hostile-pdfs.ts';

/** Whatever an update adds, changes or frees and no rule has looked at is told, with its number and the way to it. */

type Objects = Record<number, string>;

const original: Objects = {
  1: '<< /Type /Catalog /Pages 2 0 R /AcroForm 6 0 R /Metadata 9 0 R /Own 12 0 R >>',
  2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
  3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Annots 7 0 R >>',
  4: streamOf('0 0 9 9 re f'),
  5: '<< /Producer (x) >>',
  6: '<< /Fields [10 0 R 11 0 R] >>',
  7: '[10 0 R 11 0 R]',
  9: streamOf('x', '/Type /Metadata /Subtype /XML'),
  10: '<< /Type /Annot /Subtype /Widget /FT /Sig /T (signed) /V << /Type /Sig >> /Rect [0 0 0 0] >>',
  11: '<< /Type /Annot /Subtype /Widget /FT /Tx /T (text) /F 4 /Rect [72 600 200 620] >>',
  12: '<< /Text 13 0 R >>',
  13: '(x)',
};
const write = (objects: Objects, trailer = '/Info 5 0 R'): Buffer =>
  withTable(
    Object.entries(objects).map(([number, body]): [number, string] => [Number(number), body]),
    trailer,
  );

const judge = (base: Buffer, update: Update): string[] => {
  const pdf = appendUpdate(base, update);
  const { allowed, changes } = judgeLaterChanges(open(pdf), [base.length], nodePorts).get(base.length)!;
  const told = changes.flatMap((change) =>
    change.allowed ? [] : [`${change.object} at ${change.path}: ${change.detail}`],
  );
  expect(allowed).toBe(told.length === 0);
  return told;
};

const altered = (number: number, from: string, to: string): Objects => {
  expect(original[number]).toContain(from);
  return { [number]: original[number]!.replace(from, to) };
};
const filled = altered(11, '/F 4', '/F 4 /V (x)');
const xmp = { 9: streamOf('y', '/Type /Metadata /Subtype /XML') };
const look = (entries: string): string =>
  streamOf('0 0 9 9 re f', `/Type /XObject /Subtype /Form /BBox [0 0 128 20] ${entries}`);
/** A field that is filled in and drawn. */
const drawn = (entries: string, others: Objects = {}): Update => ({
  objects: { ...altered(11, '/F 4', '/F 4 /V (x) /AP << /N 20 0 R >>'), 20: look(entries), ...others },
});
const nested = (depth: number): Objects => {
  const arrays = Array.from({ length: depth }, (_, at) => [30 + at, `[${at ? 29 + at : 11} 0 R]`] as const);
  return { ...original, 12: `<< /Kids ${29 + depth} 0 R >>`, ...Object.fromEntries(arrays) };
};

/** With a layer, and a picture of it. */
const layered: Objects = {
  ...original,
  12: '<< /Text 13 0 R /Look 15 0 R >>',
  14: '<< /Type /OCG /Name (x) >>',
  15: look('/OC 14 0 R'),
};

test.each<[string, Objects, Update]>([
  [
    'a look whose colours stay',
    original,
    drawn(
      '/Resources << /ExtGState << /G << /TR /Identity /TR2 /Default /SMask << /G 21 0 R /TR << /FunctionType 2 >> >> >> >> >>',
      { 21: look('') },
    ),
  ],
  ['a look that knows its layers by another name', original, drawn('/PieceInfo << /X << /Type /OCG >> >>')],
  ['a field that is filled in', original, { objects: filled }],
  ['metadata and what is said of it', original, { objects: { ...xmp, 5: '<< /Producer (y) >>' } }],
  ['what nothing refers to', original, { objects: { 40: '(x)' }, free: [41] }],
  ['a look that refers to nothing', original, drawn('/Resources 60 0 R')],
  ['what nothing refers to, and is odd', original, { objects: { 40: '<< /A 1 /A 2 /B 3 7 R >>' } }],
  [
    'a look of a generation of its own',
    original,
    { objects: { ...altered(11, '/F 4', '/F 4 /V (x) /AP << /N 20 1 R >>'), 20: look('') }, generations: { 20: 1 } },
  ],
  ['what nothing refers to, and is freed', { ...original, 40: '(x)' }, { free: [40] }],
  ['a field in a list that is an object of its own', nested(1), { objects: filled }],
  ['a field in lists within lists', nested(4), { objects: filled }],
  [
    'what two rules have looked at',
    { ...original, ...altered(1, '/Own', '/Extensions 40 0 R /DSS 40 0 R /Own'), 40: '<< >>' },
    { objects: { 40: '<< /Type /DSS >>' } },
  ],
  ['nothing for what was missing', { ...original, 12: '<< /Text 41 0 R >>' }, { objects: { 41: 'null' } }],
  ['a look whose resources lead to themselves', original, drawn('/Resources 22 0 R', { 22: '<< /Own 22 0 R >>' })],
  [
    'a look of several objects',
    original,
    drawn('/Resources << /XObject << /X1 21 0 R >> >>', { 21: look('/Resources 22 0 R'), 22: '<< >>' }),
  ],
])('%s is allowed', (_, objects, update) => {
  expect(judge(write(objects), update)).toEqual([]);
});

const atLook = (detail: string): string => `20 0 at Root/AcroForm/Fields[1]/AP/N: ${detail}`;
const forbidden = (key: string): string => atLook(`/${key} is not allowed here`);
const ofLayer = atLook('it is of a layer');
const program = atLook('it is a program for printers');
const otherColours = atLook('printers turn its colours into others');

test.each<[string, Objects, Update, string[]]>([
  [
    'another content',
    original,
    { objects: { 4: streamOf('9 9 9 9 re f') } },
    ['4 0 at Root/Pages/Kids[0]/Contents: no rule allows it to be changed'],
  ],
  [
    'a content that is freed',
    original,
    { free: [4] },
    ['4 0 at Root/Pages/Kids[0]/Contents: no rule allows it to be changed'],
  ],
  [
    'what is added to the catalogue',
    original,
    { objects: { ...altered(1, '/Own', '/More 40 0 R /Own'), 40: '(x)' } },
    ['1 0 at Root/More: /More was added', '40 0 at Root/More: no rule allows it to be added'],
  ],
  [
    'what is taken from the catalogue',
    original,
    { objects: altered(1, '/Own 12 0 R', '') },
    ['1 0 at Root/Own: /Own was removed'],
  ],
  [
    'what is changed in the catalogue',
    original,
    { objects: altered(1, '/Own 12 0 R', '/Own 13 0 R') },
    ['1 0 at Root/Own: /Own was changed'],
  ],
  ['what lies deep', original, { objects: { 13: '(y)' } }, ['13 0 at Root/Own/Text: no rule allows it to be changed']],
  [
    'what was missing',
    { ...original, 12: '<< /Text 41 0 R >>' },
    { objects: { 41: '(y)' } },
    ['41 0 at Root/Own/Text: no rule allows it to be changed'],
  ],
  [
    'metadata that is a content',
    { ...original, ...altered(3, '/Contents 4 0 R', '/Contents 9 0 R') },
    { objects: xmp },
    ['9 0 at Root/Metadata: it is also used by 3 0'],
  ],
  [
    'metadata in place of which is a content that was changed',
    original,
    { objects: { ...altered(1, '/Metadata 9 0 R', '/Metadata 4 0 R'), 4: streamOf('9 9 9 9 re f') } },
    ['4 0 at Root/Pages/Kids[0]/Contents: no rule allows it to be changed'],
  ],
  [
    'metadata that is used under two names',
    { ...original, 12: '<< /Metadata 9 0 R >>' },
    { objects: xmp },
    ['9 0 at Root/Metadata: it is also used by 12 0'],
  ],
  [
    'metadata that is used twice under one name',
    { ...original, ...altered(1, '/Own 12 0 R', '/Own << /Metadata 9 0 R >>') },
    { objects: xmp },
    ['9 0 at Root/Metadata: it is also used by 1 0'],
  ],
  [
    'a field that is used by a name of its own',
    { ...original, 12: '<< /Text 11 0 R >>' },
    { objects: filled },
    ['11 0 at Root/AcroForm/Fields[1]: it is also used by 12 0'],
  ],
  [
    'a field in a list of another name',
    { ...original, 12: '<< /Text 7 0 R >>' },
    { objects: filled },
    ['11 0 at Root/AcroForm/Fields[1]: it is also used by 7 0'],
  ],
  [
    'a field in too many lists within lists',
    nested(6),
    { objects: filled },
    ['11 0 at Root/AcroForm/Fields[1]: it is also used by 30 0'],
  ],
  [
    'a field with a key twice',
    original,
    { objects: altered(11, '/F 4', '/V (x) /V (y) /F 4') },
    ['11 0 at Root/AcroForm/Fields[1]: it has a key twice'],
  ],
  [
    'a key twice deep within',
    original,
    { objects: { ...altered(1, '/Metadata', '/Extensions << /X [<< /Y 1 /Y 2 >>] >> /Metadata') } },
    ['1 0 at Root: it has a key twice'],
  ],
  [
    'a field that had a key twice',
    { ...original, ...altered(11, '/F 4', '/F 4 /MaxLen 9 /MaxLen 9') },
    { objects: altered(11, '/F 4', '/F 4 /MaxLen 9 /V (x)') },
    [],
  ],
  [
    'a field that had a key twice, and says two things',
    { ...original, ...altered(11, '/F 4', '/F 4 /MaxLen 8 /MaxLen 9') },
    { objects: altered(11, '/F 4', '/F 4 /MaxLen 9 /V (x)') },
    ['11 0 at Root/AcroForm/Fields[1]: it has a key twice'],
  ],
  ['a look with a key twice', original, drawn('/X 1 /X 2'), [atLook('it has a key twice')]],
  [
    'a field of another generation',
    original,
    { objects: filled, generations: { 11: 1 } },
    [
      '11 1 at Root/AcroForm/Fields[1]: it is no field',
      '11 1 at Root/AcroForm/Fields[1]: no rule allows it to be changed',
      '11 1 at Root/AcroForm/Fields[1]: its generation was changed',
    ],
  ],
  [
    'the same of another generation',
    original,
    { objects: { 13: '(x)' }, generations: { 13: 1 } },
    ['13 1 at Root/Own/Text: no rule allows it to be changed', '13 1 at Root/Own/Text: its generation was changed'],
  ],
  [
    'what cannot be read',
    original,
    { objects: { 13: '<< /A' } },
    [
      '13 0 at Root/Own/Text: no rule allows it to be changed',
      '13 0 at Root/Own/Text: it cannot be read',
      'trailer at : There is something that is no object',
    ],
  ],
  [
    'what is added and cannot be read',
    original,
    { objects: { ...altered(1, '/Own', '/More 40 0 R /Own'), 40: '<< /A' } },
    [
      '1 0 at Root/More: /More was added',
      '40 0 at Root/More: no rule allows it to be added',
      '40 0 at Root/More: it cannot be read',
      '40 0 at Root/More: it is not where the cross-reference says',
      'trailer at : There is something that is no object',
    ],
  ],
  [
    'what cannot be read in another way',
    { ...original, 13: '<< /A' },
    { objects: { 13: '<< /B' } },
    [
      '13 0 at Root/Own/Text: it cannot be read',
      '13 0 at Root/Own/Text: no rule allows it to be changed',
      'trailer at : There is something that is no object',
    ],
  ],
  [
    'what can be read since',
    { ...original, 13: '<< /A' },
    { objects: { 13: '(x)' } },
    ['13 0 at Root/Own/Text: it cannot be read', '13 0 at Root/Own/Text: no rule allows it to be changed'],
  ],
  [
    'what could never be read',
    { ...original, 13: '<< /A' },
    { objects: xmp },
    ['13 0 at Root/Own/Text: it cannot be read'],
  ],
  [
    'a form that is a list',
    original,
    { objects: { ...altered(1, '/AcroForm 6 0 R', '/AcroForm []') } },
    ['6 0 at Root/AcroForm: it is no dictionary'],
  ],
  [
    'another root',
    { ...original, 40: original[1]! },
    { trailer: { Root: '40 0 R' } },
    ['trailer at Root: the document has another root'],
  ],
  [
    'a page that is a node',
    original,
    { objects: altered(3, '/Type /Page', '/Type /Page /Kids []') },
    ['trailer at : it cannot be read to the letter', '3 0 at Root/Pages/Kids[0]: no rule allows it to be changed'],
  ],
  [
    'another page in its place',
    original,
    {
      objects: {
        2: '<< /Type /Pages /Kids [40 0 R] /Count 1 >>',
        40: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>',
      },
    },
    [
      '3 0 at page 1: it is another page',
      '2 0 at Root/Pages: no rule allows it to be changed',
      '40 0 at Root/Pages/Kids[0]: no rule allows it to be added',
    ],
  ],
  [
    'a page less',
    original,
    { objects: { 2: '<< /Type /Pages /Kids [] /Count 0 >>' } },
    ['3 0 at page 1: it is another page', '2 0 at Root/Pages: no rule allows it to be changed'],
  ],
  ['a look that is a layer', original, drawn('/OC << /Type /OCG >>'), [forbidden('OC'), ofLayer]],
  [
    'a look within which is a layer',
    original,
    drawn('/Resources << /XObject << /X1 21 0 R >> >>', { 21: look('/OC << >>') }),
    [forbidden('OC').replace('20', '21'), ofLayer],
  ],
  ['a look from elsewhere', original, drawn('/Ref << >>'), [forbidden('Ref')]],
  ['a look by another file', original, drawn('/F (x)'), [forbidden('F')]],
  ['a look that has others for printers', original, drawn('/OPI << >>'), [forbidden('OPI')]],
  ['a look with a program', original, drawn('/JS (x)'), [forbidden('JS')]],
  ['a look with a filter of another file', original, drawn('/FFilter /FlateDecode'), [forbidden('FFilter')]],
  ['a look with what that filter goes by', original, drawn('/FDecodeParms << >>'), [forbidden('FDecodeParms')]],
  ['a look in another language', original, drawn('/PS 21 0 R', { 21: streamOf('x') }), [forbidden('PS')]],
  [
    'a look with a picture that has others',
    original,
    drawn('/Resources << /XObject << /X1 << /Alternates [] >> >> >>'),
    [forbidden('Alternates')],
  ],
  ['a look with a part of a layer', layered, drawn('/Resources << /Properties << /A 14 0 R >> >>'), [ofLayer]],
  ['a look with a layer in a list', layered, drawn('/Resources << /Parts [1 14 0 R] >>'), [ofLayer]],
  [
    'a look with a part of layers that are new',
    original,
    drawn('/Resources << /Properties << /A << /Type /OCMD >> >> >>'),
    [ofLayer],
  ],
  [
    'a look with a picture that was there, of a layer',
    layered,
    drawn('/Resources << /XObject << /X1 15 0 R >> >>'),
    [ofLayer],
  ],
  [
    'a look with a program for printers',
    original,
    drawn('/Resources << /XObject << /X1 21 0 R >> >>', { 21: streamOf('x', '/Subtype /PS') }),
    [program],
  ],
  [
    'a look with a program for printers in another way',
    original,
    drawn('/Resources << /XObject << /X1 21 0 R >> >>', { 21: look('/Subtype2 /PS') }),
    [program],
  ],
  [
    'a look whose colours are others on paper',
    original,
    drawn('/Resources << /ExtGState << /G << /TR 21 0 R >> >> >>', { 21: '<< /FunctionType 2 >>' }),
    [otherColours],
  ],
  [
    'a look each of whose colours is another on paper',
    original,
    drawn('/Resources << /ExtGState << /G << /TR2 [/Identity 21 0 R] >> >> >>', {
      21: streamOf('{}', '/FunctionType 4'),
    }),
    [otherColours],
  ],
  [
    'a look whose dots are others on paper',
    original,
    drawn(
      '/Resources << /ExtGState << /G << /HT << /HalftoneType 1 /TransferFunction << /FunctionType 2 >> >> >> >> >>',
    ),
    [otherColours],
  ],
])('%s is told', (_, objects, update, told) => {
  expect(judge(write(objects), update)).toEqual(told);
});

test('what a revision names beyond its own end is something else as soon as another one follows', () => {
  const text = write(original).toString('latin1');
  const { places } = open(write(original)).crossReference;
  const place = places.get(13) as { offset: number };
  const beyond = Buffer.from(
    text.replace(String(place.offset).padStart(10, '0'), String(text.length).padStart(10, '0')),
    'latin1',
  );
  const told = '13 0 at Root/Own/Text: it lay beyond the end of its revision';
  expect(judge(beyond, { objects: xmp })).toContain(told);
});

test('a field that the trailer uses as well is told', () => {
  const base = write(original, '/Info 5 0 R /ID [11 0 R 11 0 R]');
  expect(judge(base, { objects: filled })).toContain('11 0 at ID[0]: it is also used by the trailer');
});

test('a page in a stream is referred to where every reader finds it', () => {
  const page = '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] >>';
  const update: Update = {
    objects: {
      1: '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [10 0 R] >> >>',
      10: '<< /Type /Annot /Subtype /Widget /FT /Sig /T (new) /F 132 /Rect [0 0 0 0] /P 3 0 R >>',
    },
  };
  const first = withObjectStream('/N 2 /First 9', Buffer.from(`3 0 9 56 ${page} (x)`));
  expect(judge(first, update)).toEqual([]);
  const second = withObjectStream('/N 2 /First 8', Buffer.from(`9 0 3 4 (x) ${page}`));
  expect(judge(second, update)).toEqual(['3 0 at Root/Pages/Kids[0]: it is not where the cross-reference says']);
});

test('what is referred to, and cannot be read, is told', () => {
  const told = judge(write({ ...original, 40: '<< /A' }), drawn('/Resources 40 0 R'));
  expect(told).toContain('40 0 at Root/AcroForm/Fields[1]/AP/N/Resources: it is not where the cross-reference says');
});

test('a stream that holds other objects is told when it is changed', () => {
  const page = '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] >>';
  const base = withObjectStream('/N 1 /First 4', Buffer.from(`3 0 ${page}`));
  const other = `3 0 ${page.replace('300 300', '300 400')}`;
  expect(judge(base, { objects: { 4: streamOf(other, '/Type /ObjStm /N 1 /First 4') } })).toEqual([
    '4 0 at Root/Pages/Kids[0]/…: a stream that holds other objects was changed',
  ]);
});

test('what is changed and was used by the trailer is told', () => {
  const base = write(original, '/Info 5 0 R /ID [13 0 R 13 0 R]');
  expect(judge(base, { objects: { 13: '(y)' } })).toEqual([
    'trailer at ID: it is no identifier',
    '13 0 at ID[0]: no rule allows it to be changed',
  ]);
});

/** With a look of so many parts more. */
const withParts = (count: number): string[] =>
  judge(write(original), drawn(`/Resources << /Parts [${'<< >> '.repeat(count)}] >>`));

test('a look is made of twenty thousand parts, and no more', () => {
  expect(withParts(19_989)).toEqual([]);
  expect(withParts(19_990)).toEqual([atLook('it is made of too many parts')]);
});

test('what the trailer says by itself is told of the trailer', () => {
  const base = write(original, '/Info << /Producer (x) >>');
  expect(judge(base, { trailer: { Info: '<< /X [1] >>' } })).toEqual(['trailer at Info/X: it is no plain value']);
});
