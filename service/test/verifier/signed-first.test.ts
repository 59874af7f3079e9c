import { expect, test } from 'vitest';
import { judgeAdditions } from '@tu-esign/verifier/changes/judge-changes.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { appendUpdate, open, streamOf } from '../fuzz/changes/append-update.ts';
import { withTable } from '../hostile-pdfs.ts';
import { cover, valueOf } from './by-hand.ts';

/** What is added to an agreement that nobody has signed: a signature, and what the service does for it. */

type Objects = Record<number, string>;

const look = (content: string, size = '180 60'): string =>
  streamOf(content, `/Type /XObject /Subtype /Form /BBox [0 0 ${size}]`);

const original = {
  1: '<< /Type /Catalog /Pages 2 0 R /StructTreeRoot 20 0 R /MarkInfo << /Marked true >> >>',
  2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
  3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
  4: streamOf('BT /F1 24 Tf 72 700 Td (Pay 100 pesos) Tj ET'),
  5: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  20: '<< /Type /StructTreeRoot /K [21 0 R] /ParentTree 22 0 R /ParentTreeNextKey 1 >>',
  21: '<< /Type /StructElem /S /Document /P 20 0 R /K [23 0 R] >>',
  22: '<< /Nums [0 [23 0 R]] >>',
  23: '<< /Type /StructElem /S /P /P 21 0 R /Pg 3 0 R /K 0 >>',
  // Nothing refers to these.
  30: '[31 0 R]',
  31: '<< /Type /Annot /Subtype /FreeText /Contents (And 900 more) /Rect [72 400 300 430] >>',
};

const write = (objects: Objects): Buffer =>
  withTable(Object.entries(objects).map(([number, body]): [number, string] => [Number(number), body]));
const pdf = write(original);

/** What is `''` is not written. */
const withoutEmpty = (objects: Objects): Objects =>
  Object.fromEntries(Object.entries(objects).filter(([, body]) => body !== ''));

const append = (before: Buffer, objects: Objects): Buffer =>
  cover(appendUpdate(before, { objects: withoutEmpty(objects) }));

/** What is found of what was added to a document. */
const compare = (document: Buffer, before: Buffer) => {
  const { allowed, changes } = judgeAdditions(open(document), open(before), nodePorts);
  return {
    allowed,
    kinds: changes.flatMap(({ kind, allowed: own }) => (own ? [kind] : [])),
    told: changes.flatMap(({ path, detail, allowed: own }) => (own ? [] : [`${path}: ${detail}`])),
  };
};

/** What is found of one update, or several, of the original. */
const judge = (...updates: Objects[]) => compare(updates.reduce(append, pdf), pdf);

const altered = (number: keyof typeof original, from: string, to: string): Objects => {
  expect(original[number]).toContain(from);
  return { [number]: original[number].replace(from, to) };
};

const withForm = (fields: string): Objects =>
  altered(1, '/MarkInfo', `/AcroForm << /Fields [${fields}] /SigFlags 3 >> /MarkInfo`);
const field = (entries: string): string =>
  `<< /Type /Annot /Subtype /Widget /FT /Sig /T (new) /F 132 /V 41 0 R /AP << /N 42 0 R >> ${entries} >>`;
const parts = { 41: valueOf(), 42: look('0 0 1 rg 0 0 9 9 re f') };
const beside = '/Rect [320 500 500 560]';

const signed: Objects = {
  ...withForm('40 0 R'),
  ...altered(3, '/Contents', '/Annots [40 0 R] /Contents'),
  40: field(`/P 3 0 R ${beside}`),
  ...parts,
};

/** Signed on a page that is added for it. */
const onPage = (entries: string, others: Objects = {}): Objects => ({
  ...withForm('40 0 R'),
  ...altered(2, '[3 0 R] /Count 1', '[3 0 R 43 0 R] /Count 2'),
  40: field(`/P 43 0 R ${beside}`),
  43: `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] ${entries} >>`,
  ...parts,
  ...others,
});
const ordinaryPage = '/Resources << >> /Annots [40 0 R]';

const paged = (entries: string, others?: Objects): Objects => onPage(`${ordinaryPage} ${entries}`, others);
const emptyPage: Objects = {
  ...altered(2, '[3 0 R] /Count 1', '[3 0 R 43 0 R] /Count 2'),
  43: onPage('/Resources << >>')[43]!,
};

/** With a field that is laid for a further place, or for somebody else. */
const laid = (entries: string, others: Objects = {}): Objects => ({
  ...signed,
  ...withForm('40 0 R 44 0 R'),
  ...altered(3, '/Contents', '/Annots [40 0 R 44 0 R] /Contents'),
  44: `<< /Type /Annot /Subtype /Widget /FT /Tx /T (tu-esign signatory 2 place 2) /F 132 /P 3 0 R /DA (/Helv 0 Tf 0 g) /Rect [320 400 500 460] ${entries} >>`,
  ...others,
});

/** With an element of the document's structure for the signature. */
const tagged = (others: Objects = {}): Objects => ({
  ...signed,
  40: field(`/P 3 0 R ${beside} /StructParent 1`),
  ...altered(20, 'NextKey 1', 'NextKey 2'),
  ...altered(21, '[23 0 R]', '[23 0 R 45 0 R]'),
  ...altered(22, ']]', '] 1 45 0 R]'),
  45: '<< /Type /StructElem /S /Form /P 21 0 R /Pg 3 0 R /K << /Type /OBJR /Obj 40 0 R /Pg 3 0 R >> >>',
  ...others,
});

test.each<[string, Objects, string[]]>([
  ['a signature', signed, ['signature']],
  ['a page for it', paged(''), ['page-added', 'signature']],
  [
    'a page for it, and metadata',
    paged('', {
      1: paged('')[1]!.replace('/MarkInfo', '/Metadata 60 0 R /MarkInfo'),
      60: streamOf('x', '/Type /Metadata /Subtype /XML'),
    }),
    ['metadata', 'page-added', 'signature'],
  ],
  [
    'a page of its own size',
    paged('/CropBox [0 0 612 792] /Rotate 90 /UserUnit 1 /Tabs /S'),
    ['page-added', 'signature'],
  ],
  ['the order of fields on a page', { ...signed, 3: signed[3]!.replace('/Annots', '/Tabs /S /Annots') }, ['signature']],
  ['a place for somebody else', laid(''), ['place-laid', 'signature']],
  [
    'a place for somebody else, with a look that is nothing',
    laid('/AP << /N 46 0 R >>', { 46: look('% nothing') }),
    ['place-laid', 'signature'],
  ],
  [
    'a place over the text, as long as it is empty',
    laid('', { 44: laid('')[44]!.replace('[320 400 500 460]', '[70 690 300 730]') }),
    ['place-laid', 'signature'],
  ],
  ['a further place of one’s own', laid('/V (me) /Ff 1 /AP << /N 42 0 R >>'), ['place-laid', 'signature']],
  ['a further place that is turned with its page', laid('/MK << /R 90 >>'), ['place-laid', 'signature']],
  ['a place whose flags are none', laid('/Ff 0'), ['place-laid', 'signature']],
  [
    'a place whose entries are objects of their own',
    {
      ...laid('', { 60: '(tu-esign signatory 2 place 2)', 61: '(me)', 62: '(/Helv 0 Tf 0 g)', 63: '<< /R 90 >>' }),
      44: '<< /Type /Annot /Subtype /Widget /FT /Tx /T 60 0 R /V 61 0 R /DA 62 0 R /MK 63 0 R /TU 64 0 R /Rect 65 0 R /F 132 /Ff 1 /P 3 0 R /AP << /N 42 0 R >> >>',
      64: '(a place)',
      65: '[320 400 500 460]',
    },
    ['place-laid', 'signature'],
  ],
  ['an element of the structure', tagged(), ['signature']],
  [
    'an element beside the document',
    tagged({ ...altered(20, '[21 0 R]', '[21 0 R 45 0 R]'), 21: original[21] }),
    ['signature'],
  ],
])('%s is what the service does', (_, objects, kinds) => {
  const { allowed, kinds: found, told } = judge(objects);
  expect([allowed, found.toSorted(), told]).toEqual([true, kinds, []]);
});

/** Who signs second, in a field of their own, and what is put into the place that was laid for them. */
const filledPlace: Objects = {
  44: laid('/V (me) /Ff 1 /AP << /N 42 0 R >>')[44]!,
};
const second: Objects = {
  ...withForm('40 0 R 44 0 R 50 0 R'),
  ...altered(3, '/Contents', '/Annots [40 0 R 44 0 R 50 0 R] /Contents'),
  50: field('/P 3 0 R /Rect [320 300 500 360]').replace('(new)', '(second)').replace('41 0 R', '51 0 R'),
  51: valueOf(),
};

/** Who signs second, beside the first, with an element of the structure. */
const taggedSecond: Objects = {
  ...second,
  ...withForm('40 0 R 50 0 R'),
  ...altered(3, '/Contents', '/Annots [40 0 R 50 0 R] /Contents'),
  ...altered(20, 'NextKey 1', 'NextKey 2'),
  ...altered(21, '[23 0 R]', '[23 0 R 45 0 R]'),
  ...altered(22, ']]', '] 1 45 0 R]'),
  45: tagged()[45]!.replace('40 0 R', '50 0 R'),
};

const pages = 'Root/Pages/Kids: pages were changed';
const place = 'Root/AcroForm/Fields[1]';
const element = 'Root/StructTreeRoot/K/K: the structure was changed';
const parents = 'Root/StructTreeRoot/ParentTree/Nums: the structure was changed';

const elementOf = (from: string, to: string): Objects => {
  expect(tagged()[45]).toContain(from);
  return tagged({ 45: tagged()[45]!.replace(from, to) });
};

const laidAs = (from: string, to: string): Objects => {
  expect(laid('')[44]).toContain(from);
  return laid('', { 44: laid('')[44]!.replace(from, to) });
};

test.each<[string, Objects[], string]>([
  ['a page that nobody signs on', [emptyPage], pages],
  ['a page without anything on it', [paged('', { 43: emptyPage[43]! })], pages],
  [
    'a page for somebody else alone',
    [paged('', { 40: field('/P 43 0 R').replace('/V 41 0 R /AP << /N 42 0 R >>', beside), 41: '', 42: '' })],
    pages,
  ],
  ['a page behind the signature', [signed, emptyPage], 'Root/Pages: no rule allows it to be changed'],
  ['a list of annotations that was there unseen', [onPage('/Resources << >> /Annots 30 0 R')], pages],
  ['a page with content', [paged('/Contents 4 0 R')], pages],
  ['a page that acts', [paged('/AA << >>')], pages],
  ['a page without resources of its own', [onPage('/Annots [40 0 R]')], pages],
  ['a page with a font', [onPage('/Resources << /Font << /F1 5 0 R >> >> /Annots [40 0 R]')], pages],
  ['a page with another annotation', [onPage('/Resources << >> /Annots [40 0 R 31 0 R]')], pages],
  [
    'a page with an annotation of its own',
    [onPage('/Resources << >> /Annots [40 0 R << /Type /Annot /Subtype /Text >>]')],
    pages,
  ],
  ['a page of another parent', [onPage(ordinaryPage, { 43: paged('')[43]!.replace('2 0 R', '3 0 R') })], pages],
  ['a page first', [paged('', altered(2, '[3 0 R] /Count 1', '[43 0 R 3 0 R] /Count 2'))], pages],
  ['a page twice', [paged('', altered(2, '[3 0 R] /Count 1', '[3 0 R 43 0 R 43 0 R] /Count 3'))], pages],
  [
    'a page that stands in the list',
    [paged('', altered(2, '[3 0 R] /Count 1', `[3 0 R ${paged('')[43]!}] /Count 2`))],
    pages,
  ],
  ['pages that are no list', [paged('', altered(2, '[3 0 R]', '3 0 R'))], pages],
  ['the same page once more', [{ ...signed, ...altered(2, '[3 0 R] /Count 1', '[3 0 R 3 0 R] /Count 2') }], pages],
  [
    'pages that are miscounted',
    [paged('', altered(2, '[3 0 R] /Count 1', '[3 0 R 43 0 R] /Count 3'))],
    'Root/Pages/Count: pages are miscounted',
  ],
  [
    'pages that have a box',
    [paged('', altered(2, '[3 0 R] /Count 1', '[3 0 R 43 0 R] /Count 2 /MediaBox [0 0 9 9]'))],
    'Root/Pages/MediaBox: /MediaBox was added',
  ],
  [
    'another order of fields',
    [{ ...signed, 3: signed[3]!.replace('/Annots', '/Tabs /R /Annots') }],
    'Root/Pages/Kids[0]/Tabs: the order of fields was changed',
  ],
  [
    'a place that nobody signs with',
    [
      laid('', {
        1: laid('')[1]!.replace('40 0 R ', ''),
        3: laid('')[3]!.replace('40 0 R ', ''),
        40: '',
        41: '',
        42: '',
      }),
    ],
    'Root/AcroForm/Fields[0]: nobody signs with it',
  ],
  [
    'a signature that is drawn larger than its place',
    [{ ...signed, 42: look('', '999 999') }],
    'Root/AcroForm/Fields[0]/AP/N: the appearance is larger than its rectangle',
  ],
  [
    'a signature whose look acts',
    [{ ...signed, 40: field(`/P 3 0 R ${beside} /MK << /AA 1 >>`) }],
    'Root/AcroForm/Fields[0]/MK: /AA is not allowed here',
  ],
  ['a place that is drawn by its colour', [laid('/MK << /BG [1] >>')], `${place}: it has a look of its own`],
  ['a place that is turned, and has a colour', [laid('/MK << /R 90 /BG [1] >>')], `${place}: it has a look of its own`],
  ['a place that is turned by what acts', [laid('/MK << /R << /AA 1 >> >>')], `${place}/MK: /AA is not allowed here`],
  ['a place that is a button', [laidAs('/FT /Tx', '/FT /Btn')], `${place}: it is no signature field`],
  [
    'a place that stands in the list',
    [laid('', { 1: laid('')[1]!.replace('44 0 R', laid('')[44]!) })],
    `${place}: it is no new field`,
  ],
  ['a place whose look is none', [laid('/MK 1')], `${place}: it has a look of its own`],
  ['a place that acts', [laid('/AA << >>')], `${place}: /AA is not allowed in a new field`],
  ['a place that is no widget', [laidAs('/Widget', '/FreeText')], `${place}: it has no place`],
  ['a place that is nowhere', [laidAs('[320 400 500 460]', '[0 0 0 0]')], `${place}: it has no place`],
  ['a place that is filled with a name', [laid('/V /me /Ff 1')], `${place}: its value is no text`],
  ['a place that is filled, and open', [laid('/V (me)')], `${place}: its flags are others than those of a place`],
  [
    'a place that is filled, and has another flag',
    [laid('/V (me) /Ff 3')],
    `${place}: its flags are others than those of a place`,
  ],
  ['a place that is empty, and closed', [laid('/Ff 1')], `${place}: its flags are others than those of a place`],
  ['a place whose flags are none', [laid('/Ff /x')], `${place}: its flags are others than those of a place`],
  [
    'a place that is empty, and says something',
    [laid('/AP << /N 42 0 R >>')],
    `${place}: it is not filled, and shows something`,
  ],
  [
    'a place that is filled over the text',
    [
      {
        ...laid('/V (me) /Ff 1 /AP << /N 42 0 R >>'),
        44: laid('/V (me) /Ff 1 /AP << /N 42 0 R >>')[44]!.replace('[320 400 500 460]', '[70 690 300 730]'),
      },
    ],
    `${place}: it lies over text that was there`,
  ],
  ['a place of the name of a signature’s', [laidAs('place 2', 'signature 1')], `${place}: it is no signature field`],
  ['a place of no such name', [laidAs('(tu-esign signatory 2 place 2)', '(x)')], `${place}: it is no signature field`],
  [
    'two places of one name',
    [laid('', { 1: laid('')[1]!.replace('44 0 R]', '44 0 R 46 0 R]'), 46: laid('')[44]! })],
    'Root/AcroForm/Fields[2]: there is a field of that name',
  ],
  [
    'a place behind the signature',
    [signed, laid('', { 40: '', 41: '', 42: '' })],
    `${place}: it is no signature field`,
  ],
  ['an element of another kind', [elementOf('/Form', '/P')], element],
  ['a good element that stands in the list', [tagged(altered(21, '[23 0 R]', `[23 0 R ${tagged()[45]!}]`))], element],
  [
    'an element that is a list now',
    [tagged({ 21: '[]' })],
    'Root/StructTreeRoot/K[0]: no rule allows it to be changed',
  ],
  ['an element for who signs second', [signed, taggedSecond], 'Root/StructTreeRoot: no rule allows it to be changed'],
  ['an element that says more', [elementOf('/Pg', '/ActualText (900) /Pg')], element],
  ['an element whose kid says more', [elementOf('/OBJR', '/OBJR /Stm 4 0 R')], element],
  ['an element of something else', [elementOf('40 0 R', '3 0 R')], element],
  ['an element of nothing', [elementOf('/Obj 40 0 R', '')], element],
  ['an element without a kid', [elementOf('<< /Type /OBJR /Obj 40 0 R /Pg 3 0 R >>', '0')], element],
  ['an element that stands in the list', [tagged({ ...altered(21, '[23 0 R]', '[23 0 R << /S /Form >>]') })], element],
  ['an element before what was there', [tagged({ ...altered(21, '[23 0 R]', '[45 0 R]') })], element],
  ['an element that was there as something else', [tagged({ ...altered(21, '[23 0 R]', '[23 0 R 5 0 R]') })], element],
  [
    'an element that says more since',
    [tagged({ ...altered(21, '[23 0 R]', '[23 0 R 45 0 R] /Alt (900)') })],
    'Root/StructTreeRoot/K/Alt: /Alt was added',
  ],
  ['an element under no number', [tagged({ ...altered(22, ']]', '] 45 0 R]') })], parents],
  ['a number of nothing', [tagged({ ...altered(22, ']]', '] 1 45 0 R 2]') })], parents],
  ['an element under a name', [tagged({ ...altered(22, ']]', '] /x 45 0 R]') })], parents],
  ['a number of something else', [tagged({ ...altered(22, ']]', '] 1 23 0 R]') })], parents],
  ['parents that are a list', [tagged({ 22: '[]' })], 'Root/StructTreeRoot/ParentTree: it is no dictionary'],
  [
    'parents that say more',
    [tagged({ ...altered(22, ']]', '] 1 45 0 R] /x 1') })],
    'Root/StructTreeRoot/ParentTree/x: /x was added',
  ],
  [
    'a next number that is none',
    [tagged({ ...altered(20, 'NextKey 1', 'NextKey (x)') })],
    'Root/StructTreeRoot/ParentTreeNextKey: the structure was changed',
  ],
  [
    'a structure that says more',
    [tagged({ ...altered(20, 'NextKey 1', 'NextKey 2 /RoleMap << >>') })],
    'Root/StructTreeRoot/RoleMap: /RoleMap was added',
  ],
])('%s is told', (_, updates, told) => {
  const found = judge(...updates);
  expect([found.allowed, found.told[0]]).toEqual([false, told]);
});

/** The same original, with other objects in place of its own. */
const judgeOf = (others: Objects, update: Objects) => {
  const before = write({ ...original, ...others });
  return compare(append(before, update), before);
};

test('a page that is added for a signature is told by where it is', () => {
  const { changes } = judgeAdditions(open(append(pdf, paged(''))), open(pdf), nodePorts);
  expect(changes.find(({ kind }) => kind === 'page-added')?.path).toBe('Root/Pages/Kids[1]');
});

test('a page is added behind all that there were', () => {
  const two = {
    2: '<< /Type /Pages /Kids [3 0 R 6 0 R] /Count 2 >>',
    6: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>',
  };
  const third = (kids: string): Objects => paged('', { 2: `<< /Type /Pages /Kids [${kids}] /Count 3 >>` });
  expect(judgeOf(two, third('3 0 R 6 0 R 43 0 R'))).toMatchObject({ allowed: true, told: [] });
  expect(judgeOf(two, third('3 0 R 3 0 R 43 0 R')).told[0]).toBe(pages);
  expect(judgeOf({ 2: '<< /Type /Pages /Kids 3 0 R /Count 1 >>' }, paged('')).told[0]).toBe(pages);
});

/** A catalogue that leads to what is added as a page. */
const leadingTo = (text: string): string => text.replace('/MarkInfo', '/Own 43 0 R /MarkInfo');

test('a page that was there unseen is none that is added', () => {
  const { told } = judgeOf(
    { 1: leadingTo(original[1]), 43: emptyPage[43]! },
    paged('', { 1: leadingTo(paged('')[1]!) }),
  );
  expect(told[0]).toBe(pages);
});

test('pages of another root are told, and what is done to those that there were', () => {
  const page = paged('');
  const { told } = judge({ ...page, 1: page[1]!.replace('/Pages 2', '/Pages 44'), 44: page[2]! });
  expect(told[0]).toBe('Root/Pages: /Pages was changed');
  expect(told).toContain('Root/Pages: no rule allows it to be changed');
});

test('an original with an empty field has not been signed', () => {
  const empty = '<< /Type /Annot /Subtype /Widget /FT /Sig /T (empty) /P 3 0 R /Rect [72 600 200 620] >>';
  const before = { ...withForm('31 0 R'), ...altered(3, '/Contents', '/Annots [31 0 R] /Contents'), 31: empty };
  const update = paged('', { ...withForm('31 0 R 40 0 R') });
  expect(judgeOf(before, update)).toMatchObject({ allowed: true, told: [] });
});

test('what is said of a document may name its pages', () => {
  const before = withTable(
    Object.entries(original).map(([number, body]): [number, string] => [Number(number), body]),
    '/Info 2 0 R',
  );
  const { allowed, kinds, told } = compare(append(before, paged('')), before);
  expect([allowed, kinds.toSorted(), told]).toEqual([true, ['metadata', 'page-added', 'signature'], []]);
});

test('a field that there was is not filled in by who signs, nor is a remark made', () => {
  const text = '<< /Type /Annot /Subtype /Widget /FT /Tx /T (text) /F 4 /Rect [72 600 200 620] >>';
  const before = { ...withForm('31 0 R'), ...altered(3, '/Contents', '/Annots [31 0 R] /Contents'), 31: text };
  const update = {
    ...signed,
    ...withForm('31 0 R 40 0 R'),
    ...altered(3, '/Contents', '/Annots [31 0 R 40 0 R] /Contents'),
  };
  expect(judgeOf(before, update)).toMatchObject({ allowed: true });
  const detail = 'the original is to be signed, and no more';
  expect(judgeOf(before, { ...update, 31: text.replace('/F 4', '/F 4 /V (x)') })).toEqual({
    allowed: false,
    kinds: ['signature'],
    told: [`Root/AcroForm/Fields[0]: ${detail}`],
  });
  const remark = '<< /Type /Annot /Subtype /Text /Contents (x) /Rect [0 0 9 9] >>';
  const noted = { ...update, 3: update[3]!.replace('40 0 R]', '40 0 R 60 0 R]'), 60: remark };
  expect(judgeOf(before, noted).told).toEqual([`Root/Pages/Kids[0]/Annots[2]: ${detail}`]);
});

test('what skips an update of the original is none of the original', () => {
  const described = append(pdf, { 60: '(x)' });
  const { start } = open(pdf).crossReference.sections[0]!;
  const past = appendUpdate(described, { objects: { 61: '(x)' }, trailer: { Prev: String(start) } });
  expect(compare(past, described)).toEqual({
    allowed: false,
    kinds: [],
    told: [': What was signed is not what is updated'],
  });
});

test('a place that was there unseen by the form is no new one', () => {
  const page = altered(3, '/Contents', '/Annots [44 0 R] /Contents');
  const { allowed, told } = judgeOf({ ...page, 44: laid('')[44]! }, laid('', { 44: '' }));
  expect([allowed, told[0]]).toEqual([false, `${place}: it is no new field`]);
});

test('a place that nobody signs with is told by its name', () => {
  const update = { ...withForm('44 0 R'), ...altered(3, '/Contents', '/Annots [44 0 R] /Contents'), 44: laid('')[44]! };
  const { changes } = judgeAdditions(open(append(pdf, update)), open(pdf), nodePorts);
  const told = changes.find(({ detail }) => detail === 'nobody signs with it');
  expect(told?.field).toBe('tu-esign signatory 2 place 2');
});

test('elements and parents are found however they are kept', () => {
  const alone = altered(20, '[21 0 R]', '21 0 R');
  expect(judgeOf(alone, tagged({ 20: alone[20]!.replace('NextKey 1', 'NextKey 2') }))).toMatchObject({ allowed: true });
  const beside = alone[20]!.replace('21 0 R', '[21 0 R 45 0 R]');
  expect(judgeOf(alone, tagged({ 20: beside, 21: '' }))).toMatchObject({ allowed: true });
  const without = altered(20, '/K [21 0 R]', '');
  const first = without[20]!.replace('>>', '/K [45 0 R] >>');
  expect(judgeOf(without, tagged({ 20: first, 21: '' }))).toMatchObject({ allowed: true });
  expect(judgeOf({ 22: '<< >>' }, tagged({ 22: '<< /Nums [1 45 0 R] >>' }))).toMatchObject({ allowed: true });
  const direct = altered(1, '20 0 R', original[20]);
  const { told } = judgeOf(direct, {
    ...tagged(),
    1: direct[1]!.replace('/MarkInfo', '/AcroForm << /Fields [40 0 R] >> /MarkInfo').replace('NextKey 1', 'NextKey 2'),
    20: '',
  });
  expect(told[0]).toBe('Root/StructTreeRoot: /StructTreeRoot was changed');
});

test('two elements stand for two fields', () => {
  const both = {
    ...laid('/StructParent 2'),
    ...tagged({ 1: laid('')[1]!, 3: laid('')[3]! }),
    44: laid('/StructParent 2')[44]!,
    ...altered(21, '[23 0 R]', '[23 0 R 45 0 R 46 0 R]'),
    ...altered(22, ']]', '] 1 45 0 R 2 46 0 R]'),
    46: tagged()[45]!.replace('40 0 R', '44 0 R'),
  };
  expect(judge(both)).toMatchObject({ allowed: true });
});

/** Whose parents stand in leaves. */
const leaved: Objects = { 22: '<< /Kids [24 0 R] >>', 24: '<< /Limits [0 0] /Nums [0 [23 0 R]] >>' };
const withLeaf = (leaf: string, others: Objects = {}) =>
  judgeOf(leaved, tagged({ 22: '<< /Kids [24 0 R 46 0 R] >>', 46: leaf, ...others }));
const good = '<< /Limits [1 1] /Nums [1 45 0 R] >>';

test('a leaf of the parents is added for a signature', () => {
  expect(withLeaf(good)).toMatchObject({ allowed: true, told: [] });
});

test.each<[string, string, Objects?]>([
  ['that says more', '<< /Limits [1 1] /Nums [1 45 0 R] /Names [] >>'],
  ['without numbers', '<< /Limits [1 1] >>'],
  ['with something else', '<< /Limits [1 1] /Nums [1 23 0 R] >>'],
  ['that is a list', '[]'],
  ['whose numbers stand apart', '<< /Limits [1 1] /Nums 47 0 R >>', { 47: '[1 45 0 R]' }],
  ['whose limits stand apart', '<< /Limits 47 0 R /Nums [1 45 0 R] >>', { 47: '[1 1]' }],
  ['that stands in the list', '', { 22: `<< /Kids [24 0 R ${good}] >>` }],
  ['that was there', '', { 22: '<< /Kids [24 0 R 5 0 R] >>' }],
  ['beside a good one', good, { 22: '<< /Kids [24 0 R 46 0 R 47 0 R] >>', 47: '<< /Limits [1 1] >>' }],
])('a leaf of the parents %s is told', (_, leaf, others) => {
  expect(withLeaf(leaf, others).told).toContain('Root/StructTreeRoot/ParentTree/Kids: the structure was changed');
});

test('who signs second fills the place that was laid for them', () => {
  expect(judge(laid(''), { ...second, ...filledPlace })).toMatchObject({ allowed: true, told: [] });
});

test('a place that is filled by who does not sign is no part of a signing', () => {
  const detail = 'the original is to be signed, and no more';
  const document = append(append(pdf, laid('')), filledPlace);
  const { allowed, changes } = judgeAdditions(open(document), open(pdf), nodePorts);
  expect(allowed).toBe(false);
  expect(changes[0]).toEqual({
    kind: 'unexplained',
    allowed: false,
    revision: 3,
    object: '44 0',
    path: place,
    field: 'tu-esign signatory 2 place 2',
    detail,
  });
});

test('an original that somebody has signed gets no page', () => {
  const before = append(pdf, signed);
  expect(compare(append(before, emptyPage), before).told[0]).toBe('Root/Pages: no rule allows it to be changed');
});

test('metadata may be added to what is to be signed, and nothing behind the last update', () => {
  const described = append(pdf, {
    ...altered(1, '/MarkInfo', '/Metadata 60 0 R /MarkInfo'),
    60: streamOf('x', '/Type /Metadata /Subtype /XML'),
  });
  expect(compare(described, pdf)).toEqual({ allowed: true, kinds: ['metadata'], told: [] });
  const proven = append(pdf, { ...altered(1, '/MarkInfo', '/DSS << /Certs [60 0 R] >> /MarkInfo'), 60: streamOf('x') });
  expect(compare(proven, pdf)).toEqual({ allowed: true, kinds: ['long-term-data'], told: [] });
  expect(compare(Buffer.concat([described, Buffer.from('% more')]), pdf)).toEqual({
    allowed: false,
    kinds: [],
    told: [': Something lies behind the last revision'],
  });
});
