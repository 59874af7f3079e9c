import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { integer, sequence } from '#asn1/der.ts';
import { toBer } from '../pki/ber.ts';
import { issue } from '../pki/certificates.ts';
import { signData } from '../pki/signed-data.ts';
import { createFolder, run } from '../tools.ts';
import { verifyKeyCertificate } from '@tu-esign/verifier/verdicts/verify-key-certificate.ts';

const folder = createFolder();
afterAll(() => folder.remove());

const path = (name: string): string => join(folder.path, name);
const openssl = (...parameters: string[]): void => expect(run('openssl', ...parameters).status).toBe(0);
const read = (name: string): Buffer => readFileSync(path(name));

/** A root and a certificate below it, in all the forms that openssl writes. */
const write = (): void => {
  const key = (name: string) => ['-newkey', 'rsa:2048', '-nodes', '-keyout', path(name)];
  openssl('req', '-x509', ...key('root.key'), '-out', path('root.pem'), '-subj', '/CN=Raiz', '-days', '2');
  openssl('req', ...key('leaf.key'), '-out', path('leaf.csr'), '-subj', '/CN=Firmante Ficticio');
  const ca = ['-CA', path('root.pem'), '-CAkey', path('root.key'), '-set_serial', '1'];
  openssl('x509', '-req', '-in', path('leaf.csr'), ...ca, '-days', '2', '-out', path('leaf.pem'));
  openssl('x509', '-in', path('leaf.pem'), '-outform', 'DER', '-out', path('leaf.der'));
  const both = ['-certfile', path('root.pem'), '-certfile', path('leaf.pem')];
  openssl('crl2pkcs7', '-nocrl', ...both, '-outform', 'DER', '-out', path('bundle.p7b'));
  openssl('crl2pkcs7', '-nocrl', ...both, '-out', path('bundle.pem'));
};
write();

const leaf = new X509Certificate(read('leaf.pem')).raw;
const root = new X509Certificate(read('root.pem')).raw;
const base64 = (bytes: Buffer): Buffer => Buffer.from(bytes.toString('base64'));
const chain = Buffer.concat([read('root.pem'), read('leaf.pem')]);

test.each<[string, Buffer, string, number]>([
  ['DER', read('leaf.der'), 'der', 0],
  ['PEM', read('leaf.pem'), 'pem', 0],
  ['a chain, the root first', chain, 'pem', 0],
  ['base64 of DER', base64(read('leaf.der')), 'der', 1],
  ['base64 of PEM', base64(read('leaf.pem')), 'pem', 1],
  ['base64 twice', base64(base64(read('leaf.der'))), 'der', 2],
  ['base64 behind data:', Buffer.from(`data:application/x-x509-ca-cert;base64,${base64(leaf).toString()}`), 'der', 1],
  ['PKCS #7', read('bundle.p7b'), 'pkcs7', 0],
  ['PKCS #7 in PEM', read('bundle.pem'), 'pkcs7', 0],
  ['PKCS #7 in BER', toBer(read('bundle.p7b'), 5), 'pkcs7', 0],
  ['base64 of PKCS #7', base64(read('bundle.p7b')), 'pkcs7', 1],
])('%s is told, and the certificate read from it', (_, given, form, layers) => {
  const found = verifyKeyCertificate(given, leaf);
  expect(found).toMatchObject({ form, base64: layers });
  expect(found.findings).toEqual({ parsed: true, withoutPrivateKey: true, matchesSigner: true });
  expect(Buffer.from(found.certificate!)).toEqual(leaf);
  expect(Buffer.from(verifyKeyCertificate(given, undefined).certificate!)).toEqual(leaf);
});

test('of several the signer’s is told, and without one the first that certifies nobody', () => {
  const other = run(
    'openssl',
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    path('other.key'),
    '-out',
    path('other.pem'),
    '-subj',
    '/CN=Otra',
    '-addext',
    'basicConstraints=critical,CA:FALSE',
  );
  expect(other.status).toBe(0);
  const given = Buffer.concat([read('root.pem'), read('other.pem'), read('leaf.pem')]);
  const [own, first] = [verifyKeyCertificate(given, leaf), verifyKeyCertificate(given, undefined)];
  expect([Buffer.from(own.certificate!), own.findings.matchesSigner]).toEqual([leaf, true]);
  expect(Buffer.from(first.certificate!)).toEqual(new X509Certificate(read('other.pem')).raw);
  expect(first.findings.matchesSigner).toBeNull();
  const alone = verifyKeyCertificate(read('root.pem'), undefined);
  expect(Buffer.from(alone.certificate!)).toEqual(root);
});

const bundleOf = (...names: string[]): Buffer => {
  openssl('crl2pkcs7', '-nocrl', ...names.flatMap((name) => ['-certfile', path(name)]), '-out', path('some.pem'));
  return read('some.pem');
};

const many = (times: number): string[] => [...Array.from({ length: times }, () => 'root.pem'), 'leaf.pem'];

test('what is in PEM beside a bundle makes it one of certificates, and no more than 32 are looked at', () => {
  const mixed = Buffer.concat([bundleOf('root.pem'), read('leaf.pem')]);
  expect(verifyKeyCertificate(mixed, leaf)).toMatchObject({ form: 'pem', findings: { matchesSigner: true } });
  const matches = (given: Buffer) => verifyKeyCertificate(given, leaf).findings.matchesSigner;
  for (const write of [bundleOf, (...names: string[]) => Buffer.concat(names.map(read))])
    expect([31, 32].map((times) => matches(write(...many(times))))).toEqual([true, false]);
});

test('what in a bundle is no certificate is passed over', () => {
  const by = issue('En un paquete');
  const given = signData({ by, content: leaf, certificates: [sequence(integer(1)), by.certificate.der] });
  const found = verifyKeyCertificate(given, by.certificate.der);
  expect(found).toMatchObject({ form: 'pkcs7', findings: { matchesSigner: true } });
  expect(verifyKeyCertificate(given, undefined).certificate).toEqual(found.certificate);
});

test('without a certificate and a signer there is none, and no key either', () => {
  expect(verifyKeyCertificate(undefined, undefined)).toMatchObject({
    form: 'none',
    certificate: undefined,
    findings: { parsed: false, withoutPrivateKey: true, matchesSigner: null },
  });
});

test('what is not the signer’s is told', () => {
  const found = verifyKeyCertificate(read('leaf.der'), root);
  expect(found.findings).toEqual({ parsed: true, withoutPrivateKey: true, matchesSigner: false });
});

test('what did not come is read from the signature, and so where it came as a sheet', () => {
  expect(verifyKeyCertificate(undefined, leaf)).toMatchObject({ form: 'none', findings: { parsed: true } });
  const sheet = verifyKeyCertificate(Buffer.from('%PDF-1.4\n% Certificado de llave'), leaf);
  expect(sheet).toMatchObject({ form: 'pdf', mediaType: 'application/pdf' });
  expect(sheet.findings).toEqual({ parsed: null, withoutPrivateKey: true, matchesSigner: null });
  expect(Buffer.from(sheet.certificate!)).toEqual(leaf);
});

test.each([
  ['HTML', Buffer.from('<html>Error</html>')],
  ['nothing', Buffer.alloc(0)],
  ['half of it', leaf.subarray(0, 200)],
  ['a request', read('leaf.csr')],
])('%s is no certificate', (_, given) => {
  const found = verifyKeyCertificate(given, leaf);
  expect(found).toMatchObject({ form: 'unknown', certificate: undefined });
  expect(found.findings).toEqual({ parsed: false, withoutPrivateKey: true, matchesSigner: null });
});

const encrypt = ['-passout', 'pass:secreto'];

/** Every kind of private key, as openssl writes it. */
const keys: Record<string, () => void> = {
  'pkcs8.pem': () => openssl('pkcs8', '-topk8', '-nocrypt', '-in', path('leaf.key'), '-out', path('pkcs8.pem')),
  'pkcs8.der': () =>
    openssl('pkcs8', '-topk8', '-nocrypt', '-in', path('leaf.key'), '-outform', 'DER', '-out', path('pkcs8.der')),
  'encrypted.pem': () => openssl('pkcs8', '-topk8', '-in', path('leaf.key'), '-out', path('encrypted.pem'), ...encrypt),
  'encrypted.der': () =>
    openssl('pkcs8', '-topk8', '-in', path('leaf.key'), '-outform', 'DER', '-out', path('encrypted.der'), ...encrypt),
  'pkcs1.pem': () => openssl('rsa', '-traditional', '-in', path('leaf.key'), '-out', path('pkcs1.pem')),
  'pkcs1.der': () =>
    openssl('rsa', '-traditional', '-in', path('leaf.key'), '-outform', 'DER', '-out', path('pkcs1.der')),
  'old.pem': () =>
    openssl('rsa', '-traditional', '-aes128', '-in', path('leaf.key'), '-out', path('old.pem'), ...encrypt),
  'ec.pem': () => openssl('ecparam', '-name', 'prime256v1', '-genkey', '-out', path('ec.pem')),
  'ec.der': () =>
    openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-outform', 'DER', '-out', path('ec.der')),
  'ed25519.der': () => openssl('genpkey', '-algorithm', 'ed25519', '-outform', 'DER', '-out', path('ed25519.der')),
  'store.p12': () =>
    openssl(
      'pkcs12',
      '-export',
      '-inkey',
      path('leaf.key'),
      '-in',
      path('leaf.pem'),
      '-out',
      path('store.p12'),
      ...encrypt,
    ),
};

test.each(Object.entries(keys))('%s holds a private key, and is refused in base64 too', (name, create) => {
  create();
  const given = read(name);
  const behindOthers = name.endsWith('.pem') ? [Buffer.concat([chain, given])] : [];
  for (const file of [given, base64(given), ...behindOthers]) {
    const found = verifyKeyCertificate(file, leaf);
    expect(found).toMatchObject({ form: 'private-key', certificate: undefined });
    expect(found.findings).toEqual({ parsed: false, withoutPrivateKey: false, matchesSigner: null });
  }
});

test('a key under the label of a certificate is refused, and so is a JSON Web Key', () => {
  keys['pkcs8.pem']!();
  const disguised = read('pkcs8.pem').toString().replaceAll('PRIVATE KEY', 'CERTIFICATE');
  expect(verifyKeyCertificate(Buffer.from(disguised), leaf).form).toBe('private-key');
  const jwk = Buffer.from('{"kty":"EC","crv":"P-256","x":"AA","y":"AA","d":"AA"}');
  expect(verifyKeyCertificate(jwk, leaf).form).toBe('private-key');
});
