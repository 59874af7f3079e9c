import { expect, test } from 'vitest';
import { judgeLaterChanges } from '@tu-esign/verifier/changes/judge-changes.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { appendUpdate, open, streamOf } from '../fuzz/changes/append-update.ts';
import { withTable } from '../hostile-pdfs.ts';

/** Remarks that are added, changed and removed after a signature that lets them be, and what only looks like them. */

type Objects = Record<number, string>;

const look = (content: string): string => streamOf(content, '/Type /XObject /Subtype /Form /BBox [0 0 80 20]');
const original: Objects = {
  1: '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [10 0 R] >> /Own 9 0 R >>',
  2: '<< /Type /Pages /Kids [3 0 R 8 0 R] /Count 2 >>',
  3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Annots 7 0 R >>',
  7: '[10 0 R 11 0 R 12 0 R 13 0 R 14 0 R << /Type /Annot /Subtype /Text /Rect [0 0 9 9] >>]',
  8: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Annots [16 0 R] >>',
  9: '<< /X 1 >>',
  10: '<< /Type /Annot /Subtype /Widget /FT /Sig /T (signed) /Rect [0 0 0 0] /V << /Type /Sig /Reference [<< /TransformMethod /DocMDP /TransformParams << /P 3 >> >>] >> >>',
  11: '<< /Type /Annot /Subtype /Text /Contents (x) /Popup 12 0 R /Rect [72 600 80 608] >>',
  12: '<< /Type /Annot /Subtype /Popup /Parent 11 0 R /Rect [72 500 172 600] >>',
  13: '<< /Type /Annot /Subtype /Link /A << /S /URI /URI (a:b) >> /Rect [72 400 80 408] >>',
  14: '<< /Type /Annot /Subtype /Square /AP << /N 20 0 R >> /Rect [72 300 152 320] >>',
  16: '<< /Type /Annot /Subtype /FreeText /Contents (x) /Rect [72 600 172 620] >>',
  20: look('0 0 9 9 re S'),
};
const write = (objects: Objects): Buffer =>
  withTable(Object.entries(objects).map(([number, body]): [number, string] => [Number(number), body]));

const altered = (number: number, from: string, to: string): Objects => {
  expect(original[number]).toContain(from);
  return { [number]: original[number]!.replace(from, to) };
};

const toldOf = (objects: Objects, base: Objects = {}): string[] => {
  const signed = write({ ...original, ...base });
  const { changes } = judgeLaterChanges(open(appendUpdate(signed, { objects })), [signed.length], nodePorts).get(
    signed.length,
  )!;
  return changes.map(
    ({ kind, path, detail, allowed }) =>
      `${allowed ? kind : 'no'} at ${path.replace('Root/Pages/Kids', '')}: ${detail}`,
  );
};

const listed = (more: string): Objects => altered(7, '14 0 R', `14 0 R ${more}`);
const remark = (subtype: string, entries = ''): string =>
  `<< /Type /Annot /Subtype /${subtype} /Contents (y) /Rect [200 600 280 620] ${entries} >>`;
const added = (body: string, others: Objects = {}): Objects => ({ ...listed('30 0 R'), 30: body, ...others });
const changed = altered(11, '(x)', '(y)');

test.each<[string, Objects, string[]]>([
  ['a note', added(remark('Text')), ['annotation at [0]/Annots[5]: a remark was added']],
  ['a note that is printed', added(remark('Text', '/F 4')), ['annotation at [0]/Annots[5]: a remark was added']],
  [
    'a mark that is drawn',
    added(remark('Highlight', '/AP << /N 31 0 R >>'), { 31: look('0 0 9 9 re f') }),
    ['annotation at [0]/Annots[5]: a remark was added'],
  ],
  [
    'a note with its window',
    { ...listed('30 0 R 31 0 R'), 30: remark('Text', '/Popup 31 0 R'), 31: remark('Popup', '/Parent 30 0 R') },
    ['annotation at [0]/Annots[5]: a remark was added', 'annotation at [0]/Annots[6]: a remark was added'],
  ],
  [
    'a note on another page',
    { ...altered(8, '16 0 R', '16 0 R 30 0 R'), 30: remark('Stamp') },
    ['annotation at [1]/Annots[1]: a remark was added'],
  ],
  ['another text', changed, ['annotation at [0]/Annots[1]: a remark was changed']],
  ['another text on another page', altered(16, '(x)', '(y)'), ['annotation at [1]/Annots[0]: a remark was changed']],
  [
    'another look',
    { ...altered(14, '20 0 R', '31 0 R'), 31: look('9 9 9 9 re S') },
    ['annotation at [0]/Annots[4]: a remark was changed'],
  ],
  ['one less', altered(7, '14 0 R ', ''), ['annotation at [0]/Annots: a remark was removed: 14 0']],
  ['one less on another page', altered(8, '16 0 R', ''), ['annotation at [1]/Annots: a remark was removed: 16 0']],
  [
    'one less and one more',
    { ...altered(7, '14 0 R', '30 0 R'), 30: remark('Ink') },
    ['annotation at [0]/Annots: a remark was removed: 14 0', 'annotation at [0]/Annots[4]: a remark was added'],
  ],
])('remarks may be made: %s', (_, objects, told) => {
  expect(toldOf(objects)).toEqual(told);
});

test.each<[string, Objects, Objects, string[]]>([
  [
    'a link',
    added(remark('Link')),
    {},
    ['no at [0]/Annots[5]: an annotation was added', 'no at [0]/Annots[5]: no rule allows it to be added'],
  ],
  [
    'a file',
    added(remark('FileAttachment')),
    {},
    ['no at [0]/Annots[5]: an annotation was added', 'no at [0]/Annots[5]: no rule allows it to be added'],
  ],
  [
    'a field of no form',
    added(remark('Widget', '/FT /Tx')),
    {},
    ['no at [0]/Annots[5]: an annotation was added', 'no at [0]/Annots[5]: no rule allows it to be added'],
  ],
  [
    'no annotation',
    added('(x)'),
    {},
    ['no at [0]/Annots[5]: an annotation was added', 'no at [0]/Annots[5]: no rule allows it to be added'],
  ],
  [
    'a remark that acts',
    added(remark('Text', '/A << /S /URI /URI (a:b) >>')),
    {},
    ['no at [0]/Annots[5]: an annotation was added', 'no at [0]/Annots[5]: no rule allows it to be added'],
  ],
  [
    'a remark that acts by itself',
    added(remark('Text', '/AA << >>')),
    {},
    ['no at [0]/Annots[5]: an annotation was added', 'no at [0]/Annots[5]: no rule allows it to be added'],
  ],
  [
    'a remark of a layer',
    added(remark('Text', '/OC << /Type /OCG >>')),
    {},
    ['no at [0]/Annots[5]: /OC is not allowed here', 'annotation at [0]/Annots[5]: a remark was added'],
  ],
  ['a remark within the list', listed(remark('Text')), {}, ['no at [0]/Annots[5]: an annotation was added']],
  ['a remark that is there already', listed('11 0 R'), {}, ['no at [0]/Annots[1]: an annotation was added']],
  ['a link less', altered(7, '13 0 R ', ''), {}, ['no at [0]/Annots: annotations were moved']],
  ['a field less', altered(7, '10 0 R ', ''), {}, ['no at [0]/Annots: annotations were moved']],
  [
    'a remark within the list less',
    altered(7, '<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] >>', ''),
    {},
    ['no at [0]/Annots: annotations were moved'],
  ],
  ['another order', altered(7, '13 0 R 14 0 R', '14 0 R 13 0 R'), {}, ['no at [0]/Annots: annotations were moved']],
  ['no list', { 7: '<< >>' }, {}, ['no at [0]/Annots: it is no list of annotations']],
  ['another link', altered(13, 'a:b', 'c:d'), {}, ['no at [0]/Annots[3]: no rule allows it to be changed']],
  [
    'a remark of another kind',
    altered(11, '/Text', '/FreeText'),
    {},
    ['no at [0]/Annots[1]: no rule allows it to be changed'],
  ],
  [
    'a remark that is a link now',
    altered(11, '/Text', '/Link'),
    {},
    ['no at [0]/Annots[1]: no rule allows it to be changed'],
  ],
  [
    'a remark that acts now',
    altered(11, '/Popup 12 0 R', '/Popup 12 0 R /A << >>'),
    {},
    ['no at [0]/Annots[1]: no rule allows it to be changed'],
  ],
  [
    'a look that was there',
    { 20: look('9 9 9 9 re f') },
    {},
    ['no at [0]/Annots[4]/AP/N: no rule allows it to be changed'],
  ],
  [
    'a remark that something else uses',
    changed,
    { 9: '<< /X 11 0 R >>' },
    ['no at Root/Own/X: no rule allows it to be changed'],
  ],
  [
    'a remark that is listed by what is no page',
    changed,
    { 9: '<< /Annots [11 0 R] >>' },
    ['no at Root/Own/Annots[0]: no rule allows it to be changed'],
  ],
  [
    'a remark whose list something else uses',
    changed,
    { 9: '<< /X 7 0 R >>' },
    ['no at Root/Own/X[1]: no rule allows it to be changed'],
  ],
  [
    'a remark whose list is of no page',
    changed,
    { 9: '<< /Annots 7 0 R >>' },
    ['no at Root/Own/Annots[1]: no rule allows it to be changed'],
  ],
  [
    'a remark whose list a page uses as something else',
    changed,
    altered(8, '/Annots', '/B 7 0 R /Annots'),
    ['no at [0]/Annots[1]: no rule allows it to be changed'],
  ],
  [
    'a remark that is named as an object deep within',
    changed,
    { 9: '<< /X << /Obj 11 0 R >> >>' },
    ['no at Root/Own/X/Obj: no rule allows it to be changed'],
  ],
  [
    'a remark that a link answers to',
    changed,
    altered(13, '/A <<', '/IRT 11 0 R /A <<'),
    ['no at [0]/Annots[1]: no rule allows it to be changed'],
  ],
  [
    'a remark that another one names deep within',
    changed,
    altered(14, '/AP', '/X << /IRT 11 0 R >> /AP'),
    ['no at [0]/Annots[1]: no rule allows it to be changed'],
  ],
  [
    'a remark that a stream names',
    changed,
    { 9: streamOf('x', '/Obj 11 0 R') },
    ['no at Root/Own/Obj: no rule allows it to be changed'],
  ],
  [
    'a remark that was missing',
    { 30: remark('Text') },
    listed('30 0 R'),
    ['no at [0]/Annots[5]: no rule allows it to be changed'],
  ],
  [
    'a remark that acts no more',
    changed,
    altered(11, '/Popup', '/AA << >> /Popup'),
    ['no at [0]/Annots[1]: no rule allows it to be changed'],
  ],
  [
    'a remark that its page uses as something else',
    altered(16, '(x)', '(y)'),
    altered(8, '/Annots', '/Resources << /ExtGState << /Annots 16 0 R >> >> /Annots'),
    ['no at [1]/Resources/ExtGState/Annots: no rule allows it to be changed'],
  ],
])('%s is told', (_, objects, base, told) => {
  expect(toldOf(objects, base)).toEqual(told);
});

test.each<[string, Objects]>([
  ['the structure', { 9: '<< /Type /OBJR /Obj 11 0 R /Pg 3 0 R >>' }],
  ['the structure, within an element', { 9: '<< /S /Annot /K << /Type /OBJR /Obj 11 0 R >> >>' }],
  ['the structure, by its page alone', { 9: '<< /K << /Obj 11 0 R >> /Pg 3 0 R >>' }],
  ['the structure, and says no more', { 9: '<< /Obj 11 0 R >>' }],
  ['an answer to it', altered(14, '/AP', '/IRT 11 0 R /AP')],
])('a remark may be changed that %s knows', (_, base) => {
  expect(toldOf(changed, base)).toEqual([expect.stringMatching(/^annotation at .*: a remark was changed$/)]);
});

test('nothing is told of a remark that nothing refers to', () => {
  expect(toldOf({ 30: remark('Text', '/F 4') }, { 30: remark('Text') })).toEqual([]);
});
