import { expect, test } from 'vitest';
import { judgeLaterChanges, type JudgedChanges } from '@tu-esign/verifier/changes/judge-changes.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { appendUpdate, open, streamOf, type Update } from '../fuzz/changes/append-update.ts';
import { withTable } from '../hostile-pdfs.ts';
import { cover, valueOf } from './by-hand.ts';

/** What each signature lets happen after it, and which updates are after it. */

type Objects = Record<number, string>;

const original = (reference: string): Objects => ({
  1: '<< /Type /Catalog /Pages 2 0 R /AcroForm 6 0 R >>',
  2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
  3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Annots [10 0 R 11 0 R 12 0 R] >>',
  4: streamOf('0 0 9 9 re f'),
  6: '<< /Fields [10 0 R 11 0 R 12 0 R] /DR << /Font << /F1 5 0 R >> >> >>',
  5: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  9: `<< /Type /Sig /Reference [${reference}] >>`,
  10: '<< /Type /Annot /Subtype /Widget /FT /Sig /T (signed) /V 9 0 R /Rect [0 0 0 0] >>',
  11: '<< /Type /Annot /Subtype /Widget /FT /Tx /T (text) /F 4 /Rect [72 600 200 620] >>',
  12: '<< /Type /Annot /Subtype /Widget /FT /Sig /T (empty) /F 4 /Rect [320 300 500 360] >>',
});
const write = (objects: Objects): Buffer =>
  withTable(Object.entries(objects).map(([number, body]): [number, string] => [Number(number), body]));

const docMdp = (level: string): string => `<< /TransformMethod /DocMDP /TransformParams << /P ${level} >> >>`;
const fieldMdp = (lock: string): string => `<< /TransformMethod /FieldMDP /TransformParams << ${lock} >> >>`;
const objectsOf = original('');

const withForm = (fields: string): Objects => ({ 6: objectsOf[6]!.replace('12 0 R]', `12 0 R ${fields}]`) });
const onPage = (annotation: string): Objects => ({ 3: objectsOf[3]!.replace('12 0 R]', `12 0 R ${annotation}]`) });
const looks = streamOf('0 0 9 9 re f', '/Type /XObject /Subtype /Form /BBox [0 0 180 60]');
const parts = { 21: valueOf(), 22: looks };
const field = (entries: string): Objects => ({
  ...withForm('20 0 R'),
  ...onPage('20 0 R'),
  20: `<< /Type /Annot /Subtype /Widget /FT /Sig /T (new) /F 132 /P 3 0 R ${entries} >>`,
});
const changed = (number: number, entries: string): Objects => ({
  [number]: objectsOf[number]!.replace(/>>$/, `${entries} >>`),
});

const updates = {
  metadata: { ...changed(1, '/Metadata 20 0 R'), 20: streamOf('x', '/Type /Metadata /Subtype /XML') },
  'long-term-data': { ...changed(1, '/DSS << /Certs [20 0 R] >>'), 20: streamOf('x') },
  'time-stamp': { ...field('/V 21 0 R /Rect [0 0 0 0]'), 21: valueOf().replace('ETSI.CAdES.detached', 'ETSI.RFC3161') },
  'signature in a field that was there': { ...changed(12, '/V 21 0 R /AP << /N 22 0 R >>'), ...parts },
  'signature that is not seen': { ...field('/V 21 0 R /Rect [0 0 0 0]'), 21: valueOf() },
  'signature that is seen': { ...field('/V 21 0 R /AP << /N 22 0 R >> /Rect [320 500 500 560]'), ...parts },
  'empty field': field('/Rect [0 0 0 0]'),
  'empty field that is seen': field('/Rect [320 500 500 560]'),
  'field filled in': changed(11, '/V (x)'),
  'field locked': changed(11, '/Ff 1'),
  fonts: { 6: objectsOf[6]!.replace('/F1 5 0 R', '/F1 5 0 R /F2 5 0 R') },
  remark: { ...onPage('20 0 R'), 20: '<< /Type /Annot /Subtype /Text /Contents (x) /Rect [0 0 9 9] >>' },
} satisfies Record<string, Objects>;
type Name = keyof typeof updates;
const all = Object.keys(updates) as Name[];

const append = (pdf: Buffer, objects: Objects, update: Update = {}): Buffer =>
  cover(appendUpdate(pdf, { objects, ...update }));

const judgeAfter = (base: Buffer, objects: Objects): JudgedChanges =>
  judgeLaterChanges(open(append(base, objects)), [base.length], nodePorts).get(base.length)!;

const notAllowed = 'the signature does not allow it';
const noNewField = 'a certified document gets no new field that is seen';
const locked = 'the signature locks this field';
const seen: Name[] = ['signature that is seen', 'empty field that is seen'];
const always: Name[] = ['metadata', 'long-term-data', 'time-stamp'];
const others = (names: readonly Name[]): Name[] => all.filter((name) => !names.includes(name));
const withFields: Name[] = [
  'signature in a field that was there',
  'signature that is not seen',
  ...seen,
  'empty field',
  'field filled in',
];

/** What is not allowed, and why. */
type Forbidden = Partial<Record<Name, string>>;
const forbid = (names: readonly Name[], why: string): Forbidden => Object.fromEntries(names.map((name) => [name, why]));

test.each<[string, string, Forbidden]>([
  ['says nothing', '', { remark: notAllowed }],
  ['allows nothing', docMdp('1'), forbid(others(always), notAllowed)],
  ['allows what nobody knows', docMdp('7'), forbid(others(always), notAllowed)],
  ['lets forms be filled in', docMdp('2'), { ...forbid(seen, noNewField), remark: notAllowed }],
  ['lets remarks be made', docMdp('3'), forbid(seen, noNewField)],
  ['locks all', fieldMdp('/Action /All'), { ...forbid(withFields, locked), remark: notAllowed }],
  ['locks one field', fieldMdp('/Action /Include /Fields [(text)]'), { 'field filled in': locked, remark: notAllowed }],
  [
    'locks all but one',
    fieldMdp('/Action /Exclude /Fields [(text)]'),
    { ...forbid(withFields.slice(0, -1), locked), remark: notAllowed },
  ],
])('a signature that %s', (_, reference, forbidden) => {
  const base = write(original(reference));
  for (const name of all) {
    const { allowed, changes } = judgeAfter(base, updates[name]);
    const told = changes.flatMap(({ detail, allowed: own }) => (own ? [] : [detail]));
    expect([name, allowed, told]).toEqual([name, !(name in forbidden), name in forbidden ? [forbidden[name]] : []]);
  }
});

test('what was done is told by its kind, its field and where it is', () => {
  const base = write(objectsOf);
  const found = judgeAfter(base, { ...updates.metadata, ...updates['field filled in'] });
  expect(found.changes).toEqual([
    {
      kind: 'field-filled',
      allowed: true,
      object: '11 0',
      path: 'Root/AcroForm/Fields[1]',
      revision: 2,
      field: 'text',
      detail: 'it says now: x',
    },
    { kind: 'metadata', allowed: true, object: '20 0', path: 'Root/Metadata', revision: 2 },
  ]);
});

test('what is not allowed is told first, and a hundred things at most', () => {
  const remarks = Array.from({ length: 120 }, (_, at) => 30 + at);
  const notes = Object.fromEntries(remarks.map((number) => [number, updates.remark[20]]));
  const list = onPage(remarks.map((number) => `${number} 0 R`).join(' '));
  const { allowed, changes } = judgeAfter(write(objectsOf), { ...updates['field filled in'], ...list, ...notes });
  expect([allowed, changes.length, changes[0]!.kind, changes[99]!.kind]).toEqual([
    false,
    100,
    'annotation',
    'annotation',
  ]);
});

const base = write(objectsOf);
const filled = append(base, updates['field filled in']);
const described = append(filled, updates.metadata);
const kindsOf = ({ changes }: JudgedChanges): string[] => changes.map(({ kind, revision }) => `${kind} in ${revision}`);

test('each signature is told of what came after it', () => {
  const found = judgeLaterChanges(
    open(described),
    [described.length, filled.length, base.length, base.length, 0],
    nodePorts,
  );
  expect(Array.from(found, ([end, judged]) => [end, kindsOf(judged)])).toEqual([
    [base.length, ['field-filled in 2', 'metadata in 3']],
    [filled.length, ['metadata in 3']],
  ]);
  expect(judgeLaterChanges(open(base), [base.length], nodePorts).size).toBe(0);
});

test('what follows a signature is none of what nobody signed for', () => {
  const page = append(base, {
    ...updates['signature that is seen'],
    2: objectsOf[2]!.replace('] /Count 1', ' 23 0 R] /Count 2'),
    23: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources << >> >>',
  });
  expect(judgeLaterChanges(open(page), [base.length], nodePorts).get(base.length)!.changes[0]!.detail).toBe(
    'no rule allows it to be changed',
  );
});

const detailOf = (pdf: Buffer, end: number, before: number[] = []): [boolean, (string | undefined)[]] => {
  const { allowed, changes } = judgeLaterChanges(open(pdf), [...before, end], nodePorts).get(end)!;
  for (const { kind, object, path, revision } of changes)
    expect([kind, object, path, revision]).toEqual(['unexplained', 'trailer', '', 0]);
  return [allowed, changes.map(({ detail }) => detail)];
};

test('a signature that ends within an update is of no revision', () => {
  const within = open(described).crossReference.sections[0]!.start + 3;
  const told = [false, ['A revision begins within what was signed']];
  expect(detailOf(described, within, [base.length])).toEqual(told);
  expect(detailOf(append(described, { 40: '(x)' }), within, [base.length])).toEqual(told);
  expect(detailOf(described, described.length - 9)).toEqual([false, ['The file does not end with a startxref']]);
  expect(detailOf(described, filled.length - 9, [base.length])).toEqual([
    false,
    ['The file does not end with a startxref'],
  ]);
});

test('where updates cannot be followed from one signature, they are from the next', () => {
  const found = judgeLaterChanges(open(described), [filled.length - 9, filled.length], nodePorts);
  expect([...found.values()].map(({ allowed }) => allowed)).toEqual([false, true]);
});

test('what was signed must be what is updated', () => {
  const signed = append(base, updates.fonts);
  const { start } = open(base).crossReference.sections[0]!;
  const past = append(signed, updates.metadata, { trailer: { Prev: `${start}` } });
  const told = [false, ['What was signed is not what is updated']];
  expect(detailOf(past, signed.length)).toEqual(told);
  expect(detailOf(append(past, {}), signed.length, [base.length])).toEqual(told);
});
