import { expect, test } from 'vitest';
import { judgeLaterChanges } from '@tu-esign/verifier/changes/judge-changes.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { appendUpdate, open } from '../fuzz/changes/append-update.ts';
import { withTable as write } from '../hostile-pdfs.ts';
import { before, faultsOf, withTable } from './plain-update.ts';

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
