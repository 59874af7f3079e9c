import { createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fromPem } from '@tu-esign/verifier/asn1/pem.ts';
import { createFolder, run, verifyChain, type Folder } from '../../../test/tools.ts';
import { boolean, integer, namedBits, sequence } from '#asn1/der.ts';
import { oid } from '#asn1/object-identifiers.ts';
import { toPem } from '#asn1/pem.ts';
import { createSigner } from '#asn1/signer.ts';
import { openAuthority } from '#authority/authority.ts';
import { createMember, rootKind, type Member } from '#authority/create-authority.ts';
import { createCertificate } from '#authority/create-certificate.ts';
import { extension } from '#authority/extension.ts';
import { authorityName } from '#authority/name.ts';
import { profiles } from '#authority/profiles.ts';
import { keysInFiles as holder } from '#keys/custody/key-holder.ts';
import type { KeyFiles } from '#keys/key-storage.ts';
import { certify } from './certify.ts';
import { addRequestedKeys, createRequests } from './create-request.ts';
import { createRootList } from './create-root.ts';
import { installCertificates } from './install.ts';
import { readRequests } from './read-request.ts';

const now = new Date();
const day = 24 * 3_600_000;
const days = (count: number): Date => new Date(now.getTime() + count * day);
const both = ['issuing', 'time-stamp'] as const;
const options = { holder, from: now.getTime(), now };

const createRoot = (extensions = rootKind.extensions): Promise<Member> =>
  createMember({ holder, algorithm: 'P-256', organization: 'Raíz', now, ...rootKind, extensions });
const listOf = (root: Member, at = now): Promise<string> => createRootList(root, { revoked: [], now: at, days: 10 });
const pemOf = (root: Member): string => toPem(root.certificate.der);

let place: Folder;
let root: Member;
let files: KeyFiles;
beforeEach(async () => {
  place = createFolder();
  root = await createRoot();
  files = await addRequestedKeys({}, both, { holder, algorithm: 'P-256' });
});
afterEach(() => place.remove());

const request = (which: readonly ('issuing' | 'time-stamp')[] = both): Promise<string> =>
  createRequests(files, which, { holder, organization: 'Casa' });

const answer = async (by = root, asked = both as readonly ('issuing' | 'time-stamp')[]): Promise<string> => {
  const requests = await readRequests(await request(asked));
  const options = { root: by, now, years: 25, lists: undefined };
  const certificates = await Promise.all(requests.map((one) => certify(one, options)));
  return certificates.map(({ der }) => toPem(der)).join('');
};

const whole = async (): Promise<string> => (await answer()) + pemOf(root) + (await listOf(root));
const openWith = (kept: KeyFiles) => openAuthority({ keys: { open: async () => kept }, now: () => now });

/** A certificate for the service's own key that differs from what the root should have made. */
const odd = async (
  which: 'issuing' | 'time-stamp',
  changes: { extensions?: Buffer[]; notBefore?: Date; notAfter?: Date },
): Promise<string> => {
  const { publicKey } = await holder.open(files[`${which}.requested.key.pem`]!);
  const { der } = await createCertificate({
    subject: authorityName('Casa', which),
    publicKey,
    notBefore: days(-1),
    notAfter: days(100),
    extensions: which === 'issuing' ? profiles.issuing : profiles.timeStamp,
    issuer: root.certificate,
    signer: root.signer,
    ...changes,
  });
  const other = which === 'issuing' ? 'time-stamp' : 'issuing';
  return toPem(der) + (await answer(root, [other])) + pemOf(root) + (await listOf(root));
};

test('what fits is installed, and an authority stands on it whose root’s key is nowhere', async () => {
  const installed = await installCertificates(files, await whole(), options);
  expect(Object.keys(installed).sort()).toEqual([
    'issuing.key.pem',
    'issuing.pem',
    'root.crl.pem',
    'root.pem',
    'time-stamp.key.pem',
    'time-stamp.pem',
  ]);
  const authority = await openWith(installed);
  expect(authority.rootList?.nextUpdate.getTime()).toBe(Math.floor(days(10).getTime() / 1000) * 1000);
  const signatory = { givenName: 'Ana', paternalSurname: 'Ejemplo', email: 'ana@example.org' };
  const { pem } = await authority.issueSignatoryKey(signatory);
  expect(verifyChain(place, pem, authority.rootPem)).toMatchObject({ status: 0 });
});

const anAuthority = extension(oid.basicConstraints, sequence(boolean(true), integer(0)), true);
const keyUsage = (...bits: number[]) => extension(oid.keyUsage, namedBits(...bits), true);

test.each<[string, () => Promise<string>, RegExp]>([
  ['nothing of a root', async () => 'nothing', /no root's certificate/],
  ['no list', async () => (await answer()) + pemOf(root), /no list of what the root has revoked/],
  [
    'a certificate too few',
    async () => (await answer(root, ['issuing'])) + pemOf(root) + (await listOf(root)),
    /no certificate in it for the time-stamp key/,
  ],
  [
    'a certificate for another key',
    async () => (await whole()) + toPem((await certifyOther()).der),
    /for no key that this service has asked for: .*O=Otra/,
  ],
  ['two roots', async () => (await whole()) + pemOf(await createRoot()), /two roots/],
  [
    'certificates by another root',
    async () => (await answer(await createRoot())) + pemOf(root) + (await listOf(root)),
    /issuing key cannot be used: it is not by the root/,
  ],
  [
    'a list by another root',
    async () => (await answer()) + pemOf(root) + (await listOf(await createRoot())),
    /is not by the root/,
  ],
  ['a list that ended', async () => (await answer()) + pemOf(root) + (await listOf(root, days(-11))), /ended at/],
  [
    'a certificate that ended',
    () => odd('issuing', { notAfter: days(-0.5) }),
    /issuing key cannot be used: it ended at/,
  ],
  [
    'a certificate that has not begun',
    () => odd('time-stamp', { notBefore: days(1) }),
    /time-stamp key cannot be used: it begins at/,
  ],
  [
    'an issuing certificate that may not certify',
    () => odd('issuing', { extensions: profiles.evidence }),
    /may not certify others/,
  ],
  [
    'an issuing certificate that may not sign lists',
    () => odd('issuing', { extensions: [anAuthority, keyUsage(5)] }),
    /may not sign lists/,
  ],
  [
    'a time-stamp certificate that is for all',
    () => odd('time-stamp', { extensions: profiles.evidence }),
    /not for time-stamps alone/,
  ],
  [
    'a certificate with what nobody knows',
    () => odd('issuing', { extensions: [...profiles.issuing, extension(oid.data, integer(1), true)] }),
    /critical extension that is not known/,
  ],
  ['a root that allows no authority below it', ofNarrowRoot, /the root allows no authority below it \(pathlen 0\)/],
  ['a root whose key is weak', ofWeakRoot, /issuing key cannot be used: it is too weak \(an RSA key of 1024 bits\)/],
  ['a root that is no authority', ofLowRoot, /of the root, an issuer is no authority/],
])('%s is told', async (_, make, said) => {
  const text = await make();
  await expect(installCertificates(files, text, options)).rejects.toThrow(said);
});

async function ofNarrowRoot(): Promise<string> {
  root = await createRoot(profiles.issuing);
  return whole();
}
async function ofWeakRoot(): Promise<string> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const signer = createSigner(privateKey);
  const subject = authorityName('Raíz', 'débil');
  const { extensions } = rootKind;
  const times = { notBefore: days(-1), notAfter: days(100) };
  const certificate = await createCertificate({ subject, publicKey, extensions, signer, ...times });
  root = { certificate, signer, ends: days(100) };
  return whole();
}
async function ofLowRoot(): Promise<string> {
  root = await createRoot([keyUsage(5, 6)]);
  return whole();
}
const certifyOther = () =>
  certify(
    {
      which: 'issuing',
      subject: authorityName('Otra', 'x'),
      publicKey: generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'der', type: 'spki' }),
    },
    { root, now, years: 1, lists: undefined },
  );

test('a revoked certificate, an older list and another root are refused later on', async () => {
  const text = await whole();
  const installed = await installCertificates(files, text, options);
  const refused = (more: string) => expect(installCertificates(installed, more, options)).rejects;
  await refused(await listOf(root, days(-1))).toThrow('older than that which is here');
  const another = await createRoot();
  await refused(pemOf(another) + (await listOf(another))).toThrow('by another root than that of this service');
  await refused(pemOf(root)).toThrow('nothing new');
  await refused(text).toThrow('for no key that this service has asked for');
  const serialNumber = new X509Certificate(installed['issuing.pem']!).serialNumber.toLowerCase();
  const entry = { serialNumber, reason: 'superseded', revokedAt: 0, registeredAt: 0 } as const;
  const list = await createRootList(root, { revoked: [entry], now, days: 10 });
  await expect(openWith(await installCertificates(installed, list, options))).rejects.toThrow('has revoked');
  const revoked = installCertificates(files, text.replace(/-----BEGIN X509[^]*/, list), options);
  await expect(revoked).rejects.toThrow('issuing key cannot be used: the root has revoked it');
});

test('a key that is too weak is not certified', async () => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const asked = { which: 'issuing', subject: authorityName('Otra', 'x') } as const;
  const request = { ...asked, publicKey: publicKey.export({ format: 'der', type: 'spki' }) };
  await expect(certify(request, { root, now, years: 1, lists: undefined })).rejects.toThrow('an RSA key of 1024 bits');
});

test('a service with a root of its own takes no other', async () => {
  const own = { 'root.key.pem': 'here', 'root.pem': pemOf(root) };
  await expect(installCertificates(own, await whole(), options)).rejects.toThrow('has a root of its own');
});

test('a certificate that is not of the service’s key, and a root’s key that went away, are told at the start', async () => {
  const installed = await installCertificates(files, await whole(), options);
  const swapped = { ...installed, 'issuing.key.pem': installed['time-stamp.key.pem']! };
  await expect(openWith(swapped)).rejects.toThrow('issuing cannot be read, or do not match');
  const { 'root.crl.pem': _, ...without } = installed;
  await expect(openWith(without)).rejects.toThrow('the authority has no root');
});

test('a request is of who has the key, and asks for what is known', async () => {
  const text = await request();
  for (const name of ['one', 'other']) {
    const block = text.split(/(?<=-----END.*\n)/)[name === 'one' ? 0 : 1]!;
    const { output } = run('openssl', 'req', '-in', place.write(name, block), '-verify', '-noout', '-text');
    expect(output).toContain('self-signature verify OK');
    expect(output).toContain(name === 'one' ? 'CA:TRUE, pathlen:0' : 'Time Stamping');
  }
  const der = Buffer.from(fromPem(text));
  der[der.length - 1]! ^= 1;
  await expect(readRequests(toPem(der, 'CERTIFICATE REQUEST'))).rejects.toThrow('not signed with its own key');
  const plain = ['req', '-new', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=x', '-keyout', join(place.path, 'k')];
  run('openssl', ...plain, '-out', join(place.path, 'plain.csr'));
  const asked = readFileSync(join(place.path, 'plain.csr'), 'utf8');
  await expect(readRequests(asked)).rejects.toThrow('not as it should be');
});

test('another authority’s program may be the root: openssl, with an RSA key', async () => {
  const at = (name: string): string => join(place.path, name);
  const config = place.write(
    'ca.cnf',
    `[ca]\ndefault_ca=root\n[root]\ndatabase=${at('index')}\ncrlnumber=${at('number')}\ndefault_md=sha256\ncrl_extensions=list\n[list]\nauthorityKeyIdentifier=keyid\n` +
      `[req]\ndistinguished_name=name\nx509_extensions=root_of\n[name]\n[root_of]\nbasicConstraints=critical,CA:TRUE,pathlen:1\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n`,
  );
  place.write('index', '');
  place.write('number', '01\n');
  const subject = ['-subj', '/C=MX/O=Banco de Ejemplo/CN=Banco de Ejemplo Root', '-days', '3650', '-nodes'];
  const made = ['-config', config, ...subject, '-keyout', at('root.key'), '-out', at('root.pem')];
  expect(run('openssl', 'req', '-x509', '-newkey', 'rsa:3072', ...made).status).toBe(0);
  const certificates = (await request()).split(/(?<=-----END.*\n)/).map((block, index) => {
    const input = ['-req', '-in', place.write(`${index}.csr`, block), '-CA', at('root.pem'), '-CAkey', at('root.key')];
    const ran = run(
      'openssl',
      'x509',
      ...input,
      '-copy_extensions',
      'copyall',
      '-days',
      '365',
      '-out',
      at(`${index}.pem`),
    );
    expect(ran).toMatchObject({ status: 0 });
    return readFileSync(at(`${index}.pem`), 'utf8');
  });
  const list = [
    '-config',
    config,
    '-cert',
    at('root.pem'),
    '-keyfile',
    at('root.key'),
    '-crldays',
    '30',
    '-out',
    at('crl'),
  ];
  expect(run('openssl', 'ca', '-gencrl', ...list)).toMatchObject({ status: 0 });
  const given = [...certificates, readFileSync(at('root.pem'), 'utf8'), readFileSync(at('crl'), 'utf8')].join('');
  const authority = await openWith(await installCertificates(files, given, { ...options, now: new Date() }));
  const signatory = { givenName: 'Ana', paternalSurname: 'Ejemplo', email: 'ana@example.org' };
  const { pem } = await authority.issueSignatoryKey(signatory);
  expect(verifyChain(place, pem, authority.rootPem)).toMatchObject({ status: 0 });
  expect(createPublicKey(authority.rootPem).asymmetricKeyType).toBe('rsa');
});
