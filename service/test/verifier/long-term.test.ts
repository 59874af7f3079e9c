import { createPrivateKey, randomBytes, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fromPem } from '@tu-esign/verifier/asn1/pem.ts';
import { readCertificate } from '@tu-esign/verifier/certificates/certificate.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { verifyDocument } from '@tu-esign/verifier/verdicts/verify-document.ts';
import type { RevocationReason } from '@tu-esign/contract';
import { createCertificateList, type CertificateListOptions } from '#authority/revocation/certificate-list.ts';
import { toSerialNumber } from '#authority/revocation/revocations.ts';
import { createSigner } from '#asn1/signer.ts';
import { prepareArchive } from '#pades/archive.ts';
import { completeArchive } from '#pades/complete-signature.ts';
import { appendUpdate, open } from '../fuzz/changes/append-update.ts';
import { createOrder, startEmbeddedSigning } from '../embedded-signing.ts';

/** What level a signature has, by the lists of revoked certificates that its document carries. */

const simple = readFileSync(new URL('../fixtures/pdfs/002-trivial-libre-office-writer.pdf', import.meta.url));
const hour = 3_600_000;

let signing: Awaited<ReturnType<typeof startEmbeddedSigning>>;
let signed: Uint8Array;
let leaf: Uint8Array;
beforeAll(async () => {
  signing = await startEmbeddedSigning();
  const answer = await signing.provider.sign(createOrder(simple));
  signed = answer.document;
  leaf = fromPem(Buffer.from(answer.keyCertificate).toString());
});
afterAll(() => signing.stop());

const pemOf = (name: string): string => readFileSync(join(signing.folder.path, 'authority', name), 'utf8');
const serialOf = (pem: string): string => toSerialNumber(Buffer.from(new X509Certificate(pem).serialNumber, 'hex'));

type ListChanges = Partial<CertificateListOptions>;

const listOf = (name: 'root' | 'issuing', changes: ListChanges = {}): Promise<Uint8Array> =>
  createCertificateList({
    issuer: readCertificate(fromPem(pemOf(`${name}.pem`))),
    signer: createSigner(createPrivateKey(pemOf(`${name}.key.pem`))),
    revoked: [],
    thisUpdate: new Date(Date.now() - hour),
    nextUpdate: new Date(Date.now() + hour),
    ...changes,
  });

const told = (at: Date) => ({ revokedAt: at.getTime(), registeredAt: at.getTime() });

const revoke = (serialNumber: string, at: Date, reason: RevocationReason = 'key-compromise'): ListChanges => ({
  revoked: [
    { ...told(at), serialNumber: toSerialNumber(randomBytes(16)), reason: 'superseded' },
    { ...told(at), serialNumber, reason },
  ],
});

const revokedBy = async (name: 'root', pem: string, at: Date, reason?: RevocationReason): Promise<Uint8Array[]> => [
  await listOf(name, revoke(serialOf(pemOf(pem)), at, reason)),
];

/** The signed document with these lists in its store, and a time-stamp over everything. */
const archive = async (certificateLists: Uint8Array[]): Promise<Uint8Array> => {
  const { certificates } = await signing.authority.longTermData();
  const data = { certificates: [leaf, ...certificates], certificateLists };
  const prepared = prepareArchive({ document: signed, fieldName: 'archive', data }, nodePorts);
  await completeArchive(prepared, {
    algorithm: 'sha256',
    timeStamp: async ({ digest: imprint }) => (await signing.authority.createTimeStamp({ imprint })).token,
  });
  return prepared.document;
};

const findingsOf = async (document: Uint8Array) => {
  const roots = [signing.authority.rootPem];
  const { signatures } = await verifyDocument({ document, roots, now: new Date() }, nodePorts);
  return signatures.map(({ findings }) => findings.notRevoked);
};

const levelsOf = async (document: Uint8Array, roots: string[] | undefined) => {
  const { signatures } = await verifyDocument({ document, roots, now: new Date() }, nodePorts);
  return signatures.filter(({ kind }) => kind === 'signature').map(({ level }) => level);
};

const before = new Date(Date.now() - hour / 2);
const after = new Date(Date.now() + hour / 2);

test.each<[string, 'B-T' | 'B-LTA' | null, () => Promise<Uint8Array[]>]>([
  ['no list', 'B-T', async () => []],
  ['a list of each authority', 'B-LTA', () => Promise.all([listOf('root'), listOf('issuing')])],
  ['the issuing authority’s list alone', 'B-T', async () => [await listOf('issuing')]],
  // Its certificate says that it is never revoked (RFC 9608).
  ['the root’s list alone', 'B-LTA', async () => [await listOf('root')]],
  [
    'a list that ended before',
    'B-T',
    async () => [await listOf('root', { nextUpdate: new Date(Date.now() - hour / 2) }), await listOf('issuing')],
  ],
  [
    'a list by another key',
    'B-T',
    async () => [await listOf('root', { signer: createSigner(createPrivateKey(pemOf('issuing.key.pem'))) })],
  ],
  ['an authority that was revoked before', null, () => revokedBy('root', 'issuing.pem', before)],
  ['a time-stamp authority that was revoked before', null, () => revokedBy('root', 'time-stamp.pem', before)],
  ['an authority that is revoked later', 'B-LTA', () => revokedBy('root', 'issuing.pem', after)],
  [
    'a list that says it in one, though another does not',
    null,
    async () => [await listOf('root'), await listOf('root', revoke(serialOf(pemOf('issuing.pem')), before))],
  ],
  [
    'a signatory’s certificate that was revoked before',
    null,
    async () => [
      await listOf('root'),
      await listOf('issuing', revoke(serialOf(new X509Certificate(leaf).toString()), before)),
    ],
  ],
])('with %s the level is %s', async (_name, level, lists) => {
  const document = await archive(await lists());
  expect(await levelsOf(document, [signing.authority.rootPem])).toEqual([level]);
  expect(await levelsOf(document, undefined)).toEqual([level]);
});

test.each<[string, (boolean | null)[], () => Promise<Uint8Array[]>]>([
  ['lists of all authorities', [true, true], () => Promise.all([listOf('root'), listOf('issuing')])],
  ['no list', [null, null], async () => []],
  ['the issuing authority revoked before', [false, true], () => revokedBy('root', 'issuing.pem', before)],
  ['the issuing authority revoked later', [true, true], () => revokedBy('root', 'issuing.pem', after)],
  ['the time-stamp authority’s key stolen later', [false, false], () => revokedBy('root', 'time-stamp.pem', after)],
  [
    'the time-stamp authority’s key replaced later',
    [true, true],
    () => revokedBy('root', 'time-stamp.pem', after, 'superseded'),
  ],
  [
    'the time-stamp authority’s key revoked without a reason',
    [false, false],
    () => revokedBy('root', 'time-stamp.pem', after, 'unspecified'),
  ],
])('with %s, whether nothing was revoked is told of signature and time-stamp', async (_name, told, lists) => {
  expect(await findingsOf(await archive(await lists()))).toEqual(told);
});

test('a level is told of no signature that does not hold', async () => {
  const document = await archive([await listOf('root')]);
  document[2000]! ^= 1;
  expect(await levelsOf(document, [signing.authority.rootPem])).toEqual([null]);
});

test('a store that came after the last time-stamp makes no archive of it', async () => {
  const stamped = await archive([]);
  const [own, all] = [await archive([await listOf('root')]), signed.length];
  // The update with the store, behind the signature, without its time-stamp's value.
  const empty = Buffer.from(own);
  const at = empty.lastIndexOf('/Contents <');
  empty.fill('0', at + 11, empty.indexOf('>', at));
  expect(await levelsOf(empty, [signing.authority.rootPem])).toEqual(['B-LT']);
  expect(await levelsOf(stamped.subarray(0, all), [signing.authority.rootPem])).toEqual(['B-T']);
});

test('a list that speaks against a signature counts, though a later update leaves it out', async () => {
  const told = await archive(await revokedBy('root', 'issuing.pem', before));
  const { catalog, catalogRef, objects } = open(told);
  catalog.set('DSS', objects.dict({ Type: 'DSS' }));
  const without = appendUpdate(Buffer.from(told), { objects: { [catalogRef.number]: catalog.toString() } });
  const { signatures } = await verifyDocument({ document: new Uint8Array(without), now: new Date() }, nodePorts);
  expect(signatures.map(({ findings }) => [findings.notRevoked, findings.laterChangesAllowed])).toEqual([
    [false, true],
    [true, true],
  ]);
});
