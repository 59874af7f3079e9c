import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createKeys } from '../../test/keys.ts';
import { createFolder, run, verifyChain, type Folder } from '../../test/tools.ts';
import type { KeyStorage } from '#keys/key-storage.ts';
import { openAuthority } from './authority.ts';

const now = () => new Date();
const signatory = {
  givenName: 'Łucja',
  paternalSurname: 'Ejemplo',
  email: 'firmante@example.org',
  rfc: 'SAT970701NN3',
};

let place: Folder;
let folder: string;
let keys: KeyStorage;
beforeEach(() => {
  place = createFolder();
  folder = join(place.path, 'authority');
  keys = createKeys(place.path);
});
afterEach(() => place.remove());

test('the first start makes keys that only their owner can read, later starts open them', async () => {
  const first = await openAuthority({ keys, now });
  const again = await openAuthority({ keys, now });
  expect(again.rootPem).toBe(first.rootPem);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  for (const file of readdirSync(folder)) expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
  expect(readdirSync(place.path)).toEqual(['authority']);
});

test('an empty folder counts as a first start', async () => {
  mkdirSync(folder, { mode: 0o700 });
  const { name } = await openAuthority({ keys, now });
  expect(name).toBe('tu-esign sello de tiempo local, no acreditado');
});

test('two first starts at once agree on one authority', async () => {
  const [one, other] = await Promise.all([openAuthority({ keys, now }), openAuthority({ keys, now })]);
  expect(one.rootPem).toBe(other.rootPem);
});

test.each([
  ['missing', (file: string) => rmSync(file), /issuing\.key\.pem is missing/],
  [
    'altered',
    (file: string) => writeFileSync(file, `${readFileSync(file, 'utf8')}\n`),
    /issuing\.key\.pem was altered/,
  ],
  ['open to others', (file: string) => chmodSync(file, 0o644), /issuing\.key\.pem can be read by others/],
])('a key file that is %s is told, and nothing new is made', async (_, spoil, message) => {
  await openAuthority({ keys, now });
  spoil(join(folder, 'issuing.key.pem'));
  await expect(openAuthority({ keys, now })).rejects.toThrow(message);
});

test('what a killed first start left behind is not taken for an authority', async () => {
  mkdirSync(`${folder}.new-0123456789ab`, { mode: 0o700 });
  writeFileSync(join(`${folder}.new-0123456789ab`, 'root.pem'), 'half');
  await openAuthority({ keys, now });
  expect(existsSync(join(folder, 'manifest.json'))).toBe(true);
});

test("openssl accepts the chain of a signatory's certificate", async () => {
  const authority = await openAuthority({ keys, now });
  const { pem } = await authority.issueSignatoryKey(signatory);
  expect(verifyChain(place, pem, authority.rootPem)).toMatchObject({ status: 0 });
});

test("a signatory's certificate names the person, lives for a day and may only sign", async () => {
  const authority = await openAuthority({ keys, now });
  const { pem } = await authority.issueSignatoryKey(signatory);
  const certificate = new X509Certificate(pem);
  expect(certificate.subject).toContain('CN=Łucja Ejemplo');
  expect(certificate.subject).toContain('serialNumber=SAT970701NN3');
  expect(certificate.subjectAltName).toBe('email:firmante@example.org');
  expect(certificate.validToDate.getTime() - Date.now()).toBeLessThanOrEqual(24 * 3_600_000);
  const text = run('openssl', 'x509', '-in', place.write('leaf.pem', pem), '-noout', '-text').output;
  expect(text).toMatch(/Key Usage: critical\s+Digital Signature, Non Repudiation\n/);
  expect(text).toContain('Policy: 2.25.');
});

test.each([
  ['nowhere', undefined, { saysNever: true, lists: false, status: false }],
  [
    'lists alone',
    { lists: 'https://sign.example', status: undefined },
    { saysNever: false, lists: true, status: false },
  ],
  [
    'lists and OCSP',
    { lists: 'http://pki.example', status: 'http://pki.example' },
    { saysNever: false, lists: true, status: true },
  ],
])('a certificate says that it is never revoked where nobody could be asked: %s', async (_, publishedAt, expected) => {
  const authority = await openAuthority({ keys, now, publishedAt });
  const { pem, certificate } = await authority.issueSignatoryKey(signatory);
  const text = run('openssl', 'x509', '-in', place.write('leaf.pem', pem), '-noout', '-text').output;
  // RFC 9608
  const saysNever = certificate.extensions.some(({ type }) => type === '2.5.29.56');
  const lists = /CRL Distribution Points:\s+Full Name:\s+URI:https?:\/\/\w+\.example\/v1\//.test(text);
  expect({ saysNever, lists, status: text.includes('OCSP - URI:http://pki.example/v1/ocsp') }).toEqual(expected);
});

test('no two signatures share a key or a serial number', async () => {
  const authority = await openAuthority({ keys, now });
  const [one, other] = [await authority.issueSignatoryKey(signatory), await authority.issueSignatoryKey(signatory)];
  const [a, b] = [new X509Certificate(one.pem), new X509Certificate(other.pem)];
  expect(a.serialNumber).not.toBe(b.serialNumber);
  expect(a.publicKey.equals(b.publicKey)).toBe(false);
});

test('the key that seals evidence has a certificate as long-lived as its issuer’s, and openssl accepts it', async () => {
  const authority = await openAuthority({ keys, now, name: 'Casa, S.A. de C.V.' });
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = await authority.certifySeal(publicKey);
  expect(verifyChain(place, pem, authority.rootPem)).toMatchObject({ status: 0 });
  const certificate = new X509Certificate(pem);
  expect(certificate.publicKey.equals(publicKey)).toBe(true);
  expect(certificate.subject).toContain('CN=Casa\\, S.A. de C.V. evidencia local\\, no acreditada');
  const issuing = new X509Certificate(readFileSync(join(folder, 'issuing.pem')));
  expect([certificate.validFrom, certificate.validTo]).toEqual([issuing.validFrom, issuing.validTo]);
});
