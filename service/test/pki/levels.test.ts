import { expect, test } from 'vitest';
import type { Purpose } from '@tu-esign/verifier/certificates/purposes.ts';
import { levelOf, wereNotRevoked, type LevelQuestion, type Used } from '@tu-esign/verifier/long-term/level.ts';
import { createListsBy } from '@tu-esign/verifier/long-term/list-signatures.ts';
import { createStoreReader, type SecurityStore } from '@tu-esign/verifier/long-term/security-store.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { appendUpdate, open, streamOf } from '../fuzz/changes/append-update.ts';
import { withTable } from '../hostile-pdfs.ts';
import { authority, daysFromNow, issue, signatory, stamping, today, type Party } from './certificates.ts';
import { entryOf, issueList, listOf } from './certificate-lists.ts';

/** The level of a signature, and whether its certificates were revoked, by the stores of a document's revisions. */

const root = issue('Raíz', { extensions: authority() });
const middle = issue('Intermedia', { issuer: root, extensions: authority() });
const person = issue('Persona', { issuer: middle, extensions: signatory });
const stamper = issue('Sello', { issuer: root, extensions: stamping });
const stranger = issue('Raíz ajena', { extensions: authority() });

const use = (by: Party, certificates: Party[] = [], purpose: Purpose = 'signing'): Used => ({
  signer: {
    signerCertificate: by.certificate.der,
    certificates: certificates.map(({ certificate }) => certificate.der),
  },
  purpose,
  at: today,
});

const withUnread = ({ signer, ...used }: Used): Used => ({
  ...used,
  signer: { ...signer, certificates: [Buffer.of(1), ...signer.certificates] },
});

const none: SecurityStore = { certificates: [], lists: [] };
const [ofRoot, ofMiddle] = [listOf({ by: root }), listOf({ by: middle })];
const all: SecurityStore = { certificates: [middle.certificate], lists: [ofRoot, ofMiddle] };
const storesOf = (newest: SecurityStore, earlier: Record<number, SecurityStore> = {}): LevelQuestion['stores'] => ({
  newest: () => newest,
  at: (end) => earlier[end] ?? none,
  ever: (ends) => ends.map((end) => earlier[end] ?? none).find(({ lists }) => lists.length) ?? newest,
});

const question = (more: Partial<LevelQuestion> = {}): LevelQuestion => ({
  stores: storesOf(all),
  listsBy: createListsBy(nodePorts),
  used: [use(person), use(stamper, [], 'time-stamping')],
  roots: [root.certificate],
  timeProven: true,
  stampedTo: [],
  ...more,
});

test.each<[string, string, Partial<LevelQuestion>]>([
  ['no time that is proved', 'B-B', { timeProven: false }],
  [
    'no time that is proved, whatever is stamped',
    'B-B',
    { timeProven: false, stampedTo: [7], stores: storesOf(all, { 7: all }) },
  ],
  ['nothing in the store', 'B-T', { stores: storesOf(none) }],
  ['certificates without lists', 'B-T', { stores: storesOf({ ...all, lists: [] }) }],
  ['all that is needed', 'B-LT', {}],
  [
    'the certificate between in the signature',
    'B-LT',
    { stores: storesOf({ ...all, certificates: [] }), used: [use(person, [middle])] },
  ],
  ['the certificate between nowhere', 'B-T', { stores: storesOf({ ...all, certificates: [] }) }],
  ['one authority without a list', 'B-T', { stores: storesOf({ ...all, lists: [ofMiddle] }) }],
  ['a root that nobody believes', 'B-T', { roots: [stranger.certificate] }],
  ['no root that was named, nor one inside', 'B-T', { roots: undefined }],
  [
    'no root that was named, nor one inside, and lists of all that are there',
    'B-T',
    { roots: undefined, stores: storesOf({ ...all, lists: [ofMiddle] }), used: [use(person)] },
  ],
  [
    'no root that was named, and one inside among what cannot be read',
    'B-LT',
    { roots: undefined, used: [withUnread(use(person, [root]))] },
  ],
  ['no root that was named, and one inside', 'B-LT', { roots: undefined, used: [use(person, [root])] }],
  [
    'no root that was named, and one in the store',
    'B-LT',
    { roots: undefined, stores: storesOf({ ...all, certificates: [root.certificate, middle.certificate] }) },
  ],
  ['nothing that it rests on', 'B-T', { used: [] }],
  ['a time-stamp over the store', 'B-LTA', { stampedTo: [7], stores: storesOf(all, { 7: all }) }],
  ['a time-stamp over an earlier store, which lacks much', 'B-LT', { stampedTo: [7], stores: storesOf(all) }],
  ['the second of two time-stamps over the store', 'B-LTA', { stampedTo: [7, 9], stores: storesOf(all, { 9: all }) }],
  ['a time-stamp over a store that has gone since', 'B-LTA', { stampedTo: [7], stores: storesOf(none, { 7: all }) }],
])('a signature with %s is %s', async (_, level, more) => {
  expect(await levelOf(question(more), nodePorts)).toBe(level);
});

const revoking = listOf({ by: root, entries: [entryOf(middle, daysFromNow(-1))] });

test.each<[string, boolean | null, Partial<LevelQuestion> & { ends?: number[] }]>([
  ['lists of all', true, {}],
  ['no list', null, { stores: storesOf({ ...all, lists: [] }) }],
  ['a list of one alone', null, { stores: storesOf({ ...all, lists: [ofRoot] }) }],
  ['a list in which one stands', false, { stores: storesOf({ ...all, lists: [revoking] }) }],
  ['nothing that it rests on', null, { used: [] }],
  [
    'a list that stood where a signature ends',
    false,
    { ends: [7], stores: storesOf(all, { 7: { ...all, lists: [revoking] } }) },
  ],
  ['a list that stood elsewhere', true, { ends: [9], stores: storesOf(all, { 7: { ...all, lists: [revoking] } }) }],
])('with %s it was not revoked: %s', async (_, told, { ends = [], ...more }) => {
  expect(await wereNotRevoked({ ...question(more), ends }, nodePorts)).toBe(told);
});

const hex = (der: Uint8Array): string => streamOf(`${Buffer.from(der).toString('hex')}>`, '/Filter /ASCIIHexDecode');
const catalogue = (store: string): string => `<< /Type /Catalog /Pages 2 0 R ${store} >>`;
const write = (store: string, streams: Record<number, string> = {}): Buffer =>
  withTable([
    [1, catalogue(store)],
    [2, '<< /Type /Pages /Kids [3 0 R] /Count 1 >>'],
    [3, '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>'],
    ...Object.entries(streams).map(([number, body]): [number, string] => [Number(number), body]),
  ]);

const [listDer, otherDer] = [issueList({ by: root }), issueList({ by: middle })];
const streams = { 10: hex(middle.certificate.der), 11: hex(listDer), 12: hex(otherDer), 13: '<< /Nothing true >>' };
const broken = { 14: hex(Buffer.of(1, 2)), 15: streamOf('x', '/Filter /Nobody'), 16: hex(listDer) };

const countIn = (pdf: Buffer, read: (stores: ReturnType<typeof createStoreReader>) => SecurityStore): number[] => {
  const { certificates, lists } = read(createStoreReader(open(pdf), nodePorts));
  return [certificates.length, lists.length];
};

test.each<[string, number[], string]>([
  ['none', [0, 0], ''],
  ['an empty one', [0, 0], '/DSS << >>'],
  ['one that is none', [0, 0], '/DSS [10 0 R]'],
  ['certificates and lists', [1, 2], '/DSS << /Certs [10 0 R] /CRLs [11 0 R 12 0 R] >>'],
  ['what is no list of streams', [0, 0], '/DSS << /Certs 10 0 R /CRLs << /A 11 0 R >> >>'],
  [
    'what cannot be read among others',
    [1, 1],
    '/DSS << /Certs [14 0 R 10 0 R 11 0 R] /CRLs [13 0 R 15 0 R 12 0 R 99 0 R 10 0 R] >>',
  ],
  ['as many as are looked at', [0, 0], `/DSS << /CRLs [${'13 0 R '.repeat(200)} 11 0 R] >>`],
  ['one less', [0, 1], `/DSS << /CRLs [${'13 0 R '.repeat(199)} 11 0 R] >>`],
])('a store with %s is read as far as it can be', (_, counts, store) => {
  expect(countIn(write(store, { ...streams, ...broken }), (stores) => stores.newest())).toEqual(counts);
});

test('what is in a store twice is one, and is verified once', () => {
  const pdf = write('/DSS << /CRLs [11 0 R 16 0 R 12 0 R] >>', { ...streams, ...broken });
  const [one, same, other] = createStoreReader(open(pdf), nodePorts).newest().lists;
  expect(same).toBe(one);
  expect(other).not.toBe(one);
});

test('a store is read as it stood at an end, and all that ever was', () => {
  const first = write('/DSS << /Certs [10 0 R] /CRLs [11 0 R] >>', streams);
  const pdf = appendUpdate(first, { objects: { 1: catalogue('/DSS << /CRLs [12 0 R 11 0 R] >>') } });
  expect(countIn(pdf, (stores) => stores.newest())).toEqual([0, 2]);
  expect(countIn(pdf, (stores) => stores.at(first.length))).toEqual([1, 1]);
  expect(countIn(pdf, (stores) => stores.at(7))).toEqual([0, 0]);
  expect(countIn(pdf, (stores) => stores.at(0))).toEqual([0, 0]);
  expect(countIn(pdf, (stores) => stores.ever([first.length, 7]))).toEqual([1, 2]);
  expect(countIn(pdf, (stores) => stores.ever([]))).toEqual([0, 2]);
  const stores = createStoreReader(open(pdf), nodePorts);
  expect(stores.at(first.length)).toBe(stores.at(first.length));
  expect(stores.newest()).toBe(stores.at(pdf.length));
});
