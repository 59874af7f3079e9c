import { expect, test } from 'vitest';
import { judgeLaterChanges } from '@tu-esign/verifier/changes/judge-changes.ts';
import { readEarlierRevisions } from '@tu-esign/verifier/changes/revision/earlier-revisions.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { appendUpdate, open, streamOf } from '../fuzz/changes/append-update.ts';
import { withTable as write } from '../hostile-pdfs.ts';
import { before, entry, faultsOf, info, signed, withTable } from './plain-update.ts';

/** Updates follow one another, each once and behind the one before: or they are not followed at all. */

const base = write([]);
const judge = (document: Buffer, end = base.length) => judgeLaterChanges(open(document), [end], nodePorts).get(end);

/** So many updates of nothing that anybody looks at. */
const updated = (times: number): Buffer => {
  let document = base;
  for (let at = 0; at < times; at += 1) document = appendUpdate(document, { objects: { 9: `(${at})` } });
  return document;
};

test('two hundred updates are followed, and no more', () => {
  expect(judge(updated(200))?.allowed).toBe(true);
  const { allowed, changes } = judge(updated(201))!;
  expect([allowed, changes[0]?.detail]).toEqual([false, 'There are too many revisions']);
});

test('each update is told by its number', () => {
  const catalogue = '<< /Type /Catalog /Pages 2 0 R /Own 1 >>';
  const { changes } = judge(appendUpdate(updated(2), { objects: { 1: catalogue } }))!;
  expect(changes.map(({ revision, detail }) => [revision, detail])).toEqual([[4, '/Own was added']]);
});

test('where nothing was updated, nothing is looked for behind the end', () => {
  expect(judge(Buffer.concat([base, Buffer.alloc(600, ' ')]))).toEqual({ allowed: true, changes: [] });
  const { changes } = judge(Buffer.concat([updated(1), Buffer.alloc(513, ' ')]))!;
  expect(changes[0]?.detail).toBe('Something lies behind the last revision');
  expect(judge(Buffer.concat([updated(1), Buffer.alloc(511, ' ')]))?.allowed).toBe(true);
});

test('an update may begin where the one before ends', () => {
  const { start } = open(base).crossReference.sections[0]!;
  const text = `xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Root 1 0 R /Size 9 /Prev ${start} >>\n`;
  const close = Buffer.from(`${text}startxref\n${base.length}\n%%EOF\n`);
  expect(judge(Buffer.concat([base, close]))).toEqual({ allowed: true, changes: [] });
});

const trailer = `/Root 1 0 R /Info 40 0 R /Size 41 /Prev ${before}`;

test.each<[string, string]>([
  ['A revision names an object twice', withTable({ table: (own) => `40 1\n${own}40 1\n${own}`, trailer })],
  [
    'A revision has two cross-references, of which readers take one or both',
    withTable({ trailer: `${trailer} /XRefStm ${before}` }),
  ],
])('%s', async (told, document) => {
  expect(await faultsOf(document)).toContain(told);
});

test('an update may follow right behind the one before, and name nothing', async () => {
  const nothing = withTable({
    object: '',
    table: () => '0 1\n0000000000 65535 f \n',
    trailer: `/Root 1 0 R /Size 41 /Prev ${before}`,
  });
  expect(await faultsOf(nothing)).toEqual([]);
});

test('an update ends where its own section is named', async () => {
  expect(await faultsOf(withTable({ trailer: `${trailer} /Note (startxref 9 %%EOF)` }))).toEqual([]);
  const unnamed = withTable({ start: (start) => String(start + 1) });
  const start = unnamed.lastIndexOf('\nxref\n') + 1;
  const followed = withTable({ base: unnamed, trailer: trailer.replace(/\d+$/, String(start)) });
  expect(await faultsOf(followed)).toContain('A revision does not end');
});

const offset = (at: number): string => String(at).padStart(10, '0');

test('an update stands behind the one that it updates', async () => {
  const own = (previous: number): string =>
    `xref\n40 1\n${entry(signed)}trailer\n<< ${trailer.replace(/\d+$/, offset(previous))} >>\n`;
  const start = signed.length + info.length;
  const earlier = start + own(0).length;
  const text = `${signed}${info}${own(earlier)}xref\n0 0\ntrailer\n<< ${trailer} >>\nstartxref\n${earlier}\n%%EOF\n`;
  expect(await faultsOf(`${text}startxref\n${start}\n%%EOF\n`)).toContain('A revision lies within an earlier one');
});

/** Where what stands in a linearized file, and the file itself. */
interface Linearized {
  text: string;
  places: Record<string, number>;
}

/** A file whose first page comes first (ISO 32000-2, annex F): the section that is read first stands before the other one. */
const linearize = (known: Record<string, number>): Linearized => {
  const places: Record<string, number> = {};
  let text = '%PDF-1.7\n';
  const add = (name: string, part: string): void => {
    places[name] = text.length;
    text += part;
  };
  const place = (name: string): string => offset(known[name] ?? 0);
  const named = (name: string): string => `${place(name)} 00000 n \n`;
  add('4', `4 0 obj\n<< /Linearized 1 /L ${place('end')} /O 3 /N 1 >>\nendobj\n`);
  const first = `xref\n1 1\n${named('1')}3 2\n${named('3')}${named('4')}`;
  add('first', `${first}trailer\n<< /Root 1 0 R /Size 5 /Prev ${place('main')} >>\nstartxref\n0\n%%EOF\n`);
  add('1', '1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n');
  add('3', '3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] >>\nendobj\n');
  add('2', '2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n');
  add('main', `xref\n0 1\n0000000000 65535 f \n2 1\n${named('2')}trailer\n<< /Size 3 >>\n`);
  add('end', `startxref\n${place('first')}\n%%EOF\n`);
  return { text, places: { ...places, end: text.length } };
};

test('the two sections of a linearized file are one revision', () => {
  const document = Buffer.from(linearize(linearize({}).places).text);
  expect(open(document).crossReference.sections.length).toBe(2);
  const changed = appendUpdate(document, { objects: { 1: '<< /Type /Catalog /Pages 2 0 R /Own 1 >>' } });
  const told = judge(changed, document.length)!.changes.map(({ revision, detail }) => [revision, detail]);
  expect(told).toEqual([[2, '/Own was added']]);
});

/** Of the file at each earlier end, how many sections its cross-reference has. */
const earlierOf = (document: Buffer): number[] =>
  Array.from(readEarlierRevisions(open(document), nodePorts), ({ crossReference }) => crossReference.sections.length);

test('earlier ends are those since the first signature, but for the last one, and what can be read there', () => {
  const twice = Buffer.from(signed.trimEnd(), 'latin1');
  const many = open(twice).crossReference.sections.length;
  expect(earlierOf(twice)).toEqual([many - 1]);
  const more = appendUpdate(twice, { objects: { 90: streamOf('startxref\n9\n%%EOF\n') } }).subarray(0, -1);
  expect(earlierOf(more)).toEqual([many - 1, many]);
  expect(earlierOf(updated(2))).toEqual([]);
});
