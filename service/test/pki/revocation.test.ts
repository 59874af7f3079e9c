import { expect, test } from 'vitest';
import type { Certificate } from '@tu-esign/verifier/certificates/certificate.ts';
import type { Purpose } from '@tu-esign/verifier/certificates/purposes.ts';
import { findEntry, readCertificateList, type CertificateList } from '@tu-esign/verifier/long-term/certificate-list.ts';
import { split } from '@tu-esign/verifier/asn1/read.ts';
import { createListsBy } from '@tu-esign/verifier/long-term/list-signatures.ts';
import { statusOf, statusOfPath } from '@tu-esign/verifier/long-term/status.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { boolean, implicit, integer, nothing, preciseTime, sequence, type Der } from '#asn1/der.ts';
import { signatureAlgorithm } from './algorithms.ts';
import { authority, constraints, daysFromNow, extension, issue, signatory, today, usage } from './certificates.ts';
import { entryOf, invalidSince, issueList, listOf, reason, type ListShape } from './certificate-lists.ts';

/** What lists of revoked certificates say of one of them. */

const root = issue('Raíz', { extensions: authority() });
const person = issue('Persona', { issuer: root, extensions: signatory });
const other = issue('Otra persona', { issuer: root, extensions: signatory });
const stranger = issue('Raíz ajena', { extensions: authority() });

interface Asked {
  of?: Certificate;
  by?: Certificate;
  at?: Date;
  purpose?: Purpose;
}

const ask = (lists: CertificateList[], { of = person.certificate, by = root.certificate, ...more }: Asked = {}) =>
  statusOf({ certificate: of, issuer: by, lists, at: today, purpose: 'signing', ...more }, createListsBy(nodePorts));
const statusIn = (shape: Partial<ListShape>, asked?: Asked) => ask([listOf({ by: root, ...shape })], asked);

const [before, after] = [daysFromNow(-1), daysFromNow(1)];
const revoked = (at: Date, ...extensions: Der[]): Partial<ListShape> => ({
  entries: [entryOf(other, daysFromNow(-2)), entryOf(person, at, ...extensions)],
});

test.each<[string, string, Partial<ListShape>]>([
  ['in which nothing stands', 'good', {}],
  ['of version 1', 'good', { version: 1 }],
  ['with an empty list of entries', 'good', { entries: [] }],
  ['with another certificate', 'good', { entries: [entryOf(other, before)] }],
  ['with it', 'revoked', revoked(before)],
  ['with it from this very second', 'revoked', revoked(today)],
  ['with it from the next second', 'good', revoked(new Date(today.getTime() + 1_000))],
  ['with it from later, that ended before', 'good', { ...revoked(after), to: before }],
  ['that ended before', 'unknown', { to: before }],
  ['that ends now', 'good', { to: today }],
  ['that never ends', 'good', { to: null }],
  ['that never ends, with it', 'revoked', { ...revoked(before), to: null }],
  ['that ends in another century', 'good', { to: new Date('2160-01-01') }],
  ['that ends in another century, with it', 'revoked', { ...revoked(before), to: new Date('2160-01-01') }],
  ['of before with it', 'revoked', { ...revoked(before), to: before }],
  ['in which its key was invalid before', 'revoked', revoked(after, invalidSince(before))],
  ['in which its key is invalid later', 'good', revoked(daysFromNow(2), invalidSince(after))],
  ['in which its key became invalid after it was revoked', 'revoked', revoked(before, invalidSince(after))],
  ['in which nobody knows since when', 'unknown', revoked(after, extension('2.5.29.24', nothing))],
  ['with what is critical of it', 'unknown', revoked(before, extension('2.5.29.29', sequence(), true))],
  ['in which it is no longer on hold', 'unknown', revoked(before, reason(8))],
  ['in which it is on hold', 'revoked', revoked(before, reason(6))],
])('by a list %s it is %s', async (_, status, shape) => {
  expect(await statusIn(shape)).toBe(status);
});

const issuing = (...members: Der[]): Der => extension('2.5.29.28', sequence(...members), true);
const flag = (number: number, value = true): Der => implicit(number, boolean(value).subarray(2));

test.each<[string, string, string, Der]>([
  ['of persons alone', 'unknown', 'revoked', issuing(flag(1))],
  ['of persons alone, which does not say so critically', 'unknown', 'revoked', extension('2.5.29.28', sequence())],
  ['of some reasons', 'unknown', 'revoked', issuing(implicit(3, Buffer.of(6, 0x40)))],
  ['of what has changed', 'unknown', 'revoked', extension('2.5.29.27', integer(7), true)],
  ['of several issuers', 'unknown', 'unknown', issuing(flag(1), flag(4))],
  ['not of several issuers', 'unknown', 'revoked', issuing(flag(4, false))],
  ['of what has no key', 'unknown', 'unknown', issuing(flag(5))],
  ['of nobody knows what', 'unknown', 'unknown', extension('1.2.3', nothing, true)],
  ['of a part that cannot be read', 'unknown', 'unknown', extension('2.5.29.28', nothing, true)],
  ['of what nobody knows, which need not be known', 'good', 'revoked', extension('1.2.3', nothing)],
])('a list %s says %s of what is not in it, and %s of what is', async (_, absent, present, limit) => {
  expect(await statusIn({ extensions: [limit] })).toBe(absent);
  expect(await statusIn({ extensions: [limit], ...revoked(before) })).toBe(present);
  const later = await statusIn({ extensions: [limit], ...revoked(after) });
  expect(later).toBe(absent);
});

const expired = issue('Vencida', { issuer: root, extensions: signatory, from: daysFromNow(-9), to: daysFromNow(-5) });
const kept = (days: number): ListShape['extensions'] => [extension('2.5.29.60', preciseTime(daysFromNow(days)))];

test.each<[string, string, Partial<ListShape>]>([
  ['from after it had expired', 'unknown', {}],
  ['from when it expired', 'good', { from: daysFromNow(-5) }],
  ['that keeps what has expired since', 'good', { extensions: kept(-5)! }],
  ['that keeps what has expired later', 'unknown', { extensions: kept(-4)! }],
  ['that keeps what has expired, in no time', 'unknown', { extensions: [extension('2.5.29.60', nothing)] }],
  ['from after it had expired, with it', 'revoked', { entries: [entryOf(expired, daysFromNow(-7))] }],
])('of what has expired a list %s says %s', async (_, status, shape) => {
  expect(await statusIn(shape, { of: expired.certificate, at: daysFromNow(-6) })).toBe(status);
});

test('a list that anybody could make up says nothing good', async () => {
  expect(await statusIn({ digest: 'sha1' })).toBe('unknown');
  expect(await statusIn({ digest: 'sha1', ...revoked(before) })).toBe('revoked');
});

const notForLists = issue('Que no lista', { issuer: root, extensions: [constraints(true), usage('keyCertSign')] });
const withoutUsage = issue('Sin uso', { issuer: root, extensions: [constraints(true)] });
const forLists = issue('Que lista', { issuer: root, extensions: [usage('crlSign')] });
const unclear = issue('Sin uso claro', { issuer: root, extensions: [extension('2.5.29.15', nothing, true)] });

test.each<[string, string, ListShape, Certificate]>([
  ['by its issuer', 'good', { by: root }, root.certificate],
  ['by somebody else', 'unknown', { by: stranger }, root.certificate],
  ['by somebody else in its issuer’s name', 'unknown', { by: root, signedBy: stranger }, root.certificate],
  ['by its issuer’s key in another name', 'unknown', { by: stranger, signedBy: root }, root.certificate],
  [
    'by another algorithm inside',
    'unknown',
    { by: root, claimed: signatureAlgorithm(root.privateKey, 'sha384') },
    root.certificate,
  ],
  ['by whoever may not', 'unknown', { by: notForLists }, notForLists.certificate],
  ['by whoever is not told what for', 'good', { by: withoutUsage }, withoutUsage.certificate],
  ['by whoever may do nothing else', 'good', { by: forLists }, forLists.certificate],
  ['by whose use cannot be read', 'unknown', { by: unclear }, unclear.certificate],
])('a list %s: %s', async (_, status, shape, by) => {
  expect(await ask([listOf(shape)], { by })).toBe(status);
});

test.each<[string, string, Purpose, number | undefined]>([
  ['its key was stolen', 'revoked', 'time-stamping', 1],
  ['nobody says why', 'revoked', 'time-stamping', undefined],
  ['for another reason', 'revoked', 'time-stamping', 9],
  ['for no reason', 'good', 'time-stamping', 0],
  ['it belongs elsewhere', 'good', 'time-stamping', 3],
  ['it was replaced', 'good', 'time-stamping', 4],
  ['it is no longer needed', 'good', 'time-stamping', 5],
  ['its key was stolen', 'good', 'signing', 1],
])('revoked later since %s it is %s for %s', async (_, status, purpose, code) => {
  const extensions = code === undefined ? [] : [reason(code)];
  expect(await statusIn(revoked(after, ...extensions), { purpose })).toBe(status);
});

test('without a list nothing is known, but of what nobody revokes', async () => {
  expect(await ask([])).toBe('unknown');
  const brief = issue('Breve', { issuer: root, extensions: [extension('2.5.29.56', nothing)] });
  expect(await ask([], { of: brief.certificate })).toBe('good');
  const list = listOf({ by: root, entries: [entryOf(brief, before)] });
  expect(await ask([list], { of: brief.certificate })).toBe('revoked');
});

test('what one list says is heeded, though others do not', async () => {
  const lists = [listOf({ by: root }), listOf({ by: root, ...revoked(before) }), listOf({ by: root, to: before })];
  expect(await ask(lists)).toBe('revoked');
  expect(await ask([lists[0]!, lists[2]!])).toBe('good');
});

const middle = issue('Intermedia', { issuer: root, extensions: authority() });
const leaf = issue('De la intermedia', { issuer: middle, extensions: signatory });
const path = [leaf, middle, root].map(({ certificate }) => certificate);

test.each<[string, string, CertificateList[]]>([
  ['one of each', 'good', [listOf({ by: root }), listOf({ by: middle })]],
  ['the root’s alone', 'unknown', [listOf({ by: root })]],
  ['the other’s alone', 'unknown', [listOf({ by: middle })]],
  [
    'one in which the authority stands, and none of the authority’s',
    'revoked',
    [listOf({ by: root, entries: [entryOf(middle, before)] })],
  ],
  [
    'one in which the signatory stands, and one of the root',
    'revoked',
    [listOf({ by: root }), listOf({ by: middle, entries: [entryOf(leaf, before)] })],
  ],
  [
    'one in which the root itself stands',
    'good',
    [listOf({ by: root, entries: [entryOf(root, before)] }), listOf({ by: middle })],
  ],
])('of a chain with %s: %s', async (_, status, lists) => {
  expect(await statusOfPath(path, { lists, at: today, purpose: 'signing' }, createListsBy(nodePorts))).toBe(status);
});

test('a list is verified once for each issuer, however often it is asked', async () => {
  let verified = 0;
  const ports = {
    ...nodePorts,
    verify: (check: Parameters<typeof nodePorts.verify>[0]) => ((verified += 1), nodePorts.verify(check)),
  };
  const listsBy = createListsBy(ports);
  const lists = [listOf({ by: root }), listOf({ by: root, to: null }), listOf({ by: stranger })];
  for (let times = 0; times < 3; times += 1) expect(await listsBy(root.certificate, lists)).toEqual(lists.slice(0, 2));
  await Promise.all([listsBy(root.certificate, lists), listsBy(root.certificate, lists.slice(1))]);
  expect(verified).toBe(2);
  expect(await listsBy(stranger.certificate, lists)).toEqual([lists[2]]);
  expect(verified).toBe(3);
});

test('an entry is found by its whole number, and told with its time', () => {
  const list = listOf({ by: root, ...revoked(before, reason(4)) });
  expect(findEntry(list, person.certificate.serialNumber)).toMatchObject({
    revokedAt: before,
    extensions: [{ type: '2.5.29.21', critical: false }],
  });
  expect(findEntry(list, person.certificate.serialNumber.subarray(1))).toBeUndefined();
  expect(findEntry(list, stranger.certificate.serialNumber)).toBeUndefined();
  expect(findEntry(listOf({ by: root }), person.certificate.serialNumber)).toBeUndefined();
  const plain = listOf({ by: root, entries: [entryOf(person, before)] });
  expect(findEntry(plain, person.certificate.serialNumber)).toEqual({ revokedAt: before, extensions: [] });
});

const whole = issueList({ by: root, ...revoked(before), extensions: [extension('2.5.29.20', integer(7))] });

test('a list is taken apart', () => {
  const list = readCertificateList(whole);
  expect(list).toMatchObject({ thisUpdate: today, nextUpdate: after, issuer: root.certificate.subject });
  expect(list.extensions.map(({ type }) => type)).toEqual(['2.5.29.20']);
  expect(readCertificateList(issueList({ by: root }))).toMatchObject({ entries: undefined, extensions: [] });
  expect(readCertificateList(issueList({ by: root, to: null })).nextUpdate).toBeUndefined();
});

test.each<[string, Buffer]>([
  ['with something behind it', Buffer.concat([whole, Buffer.of(5, 0)])],
  ['with a fourth part', sequence(...split(whole), nothing)],
  ['with nothing in it', sequence()],
  ['with something behind its extensions', issueList({ by: root, extensions: [reason(1)], behind: [nothing] })],
  ['with something in place of its extensions', issueList({ by: root, behind: [nothing] })],
  ['that is a certificate', Buffer.from(root.certificate.der)],
])('what comes %s is no list', (_, der) => {
  expect(() => readCertificateList(der)).toThrow(RangeError);
});
