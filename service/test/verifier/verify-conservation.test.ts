import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { element, integer, octetString, preciseTime, sequence, utf8String } from '#asn1/der.ts';
import { failedOf, type ConservationExpectations } from '@tu-esign/verifier/verdicts/findings.ts';
import { issue } from '../pki/certificates.ts';
import { stampToken } from '../pki/signed-data.ts';
import { createFolder, run } from '../tools.ts';
import { fromPem } from '@tu-esign/verifier/asn1/pem.ts';
import { pinnedRoots } from '@tu-esign/verifier/certificates/pinned-roots.ts';
import { providerPolicies } from '@tu-esign/verifier/certificates/policies.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { verifyConservation } from '@tu-esign/verifier/verdicts/verify-conservation.ts';

const folder = createFolder();
afterAll(() => folder.remove());

const constanciaUrl = new URL('../fixtures/constancia-advantage-2018.asn1', import.meta.url);
const constancia = readFileSync(constanciaUrl);
const trust = { roots: pinnedRoots, policies: providerPolicies, now: new Date() };
const conserved = '6533901d156ca462d0a40380d5bc0a2264b0333b66de701268f5b2ab745f973e';
const artefacts = { 'signed-document': 'ab'.repeat(32), agreement: conserved };
const verify = (given: Uint8Array) => verifyConservation(given, { ...trust, artefacts }, nodePorts);

const token = ((): Buffer => {
  const out = folder.write('token.der', '');
  run('openssl', 'ts', '-reply', '-in', constanciaUrl.pathname, '-token_out', '-out', out);
  return readFileSync(out);
})();

const pem = (label: string, der: Buffer): Buffer =>
  Buffer.from(
    `-----BEGIN ${label}-----\n${der.toString('base64').replaceAll(/.{64}/g, '$&\n')}\n-----END ${label}-----\n`,
  );

test('a real constancia holds against the root that comes with the service, and says of what it is', async () => {
  const { findings, ...facts } = await verify(constancia);
  expect(failedOf(findings)).toEqual([]);
  expect(findings).toEqual({
    parsed: true,
    granted: true,
    imprintMatches: true,
    nonceMatches: null,
    signatureValid: true,
    certificateValidAtGenTime: true,
    genTimeHasCome: true,
    extendedKeyUsage: null,
    certificateBound: null,
    apartFromSigners: null,
    chainToPinnedRoot: true,
    algorithmsStrong: true,
    certificatesIntact: true,
    policyRecognised: true,
    revocationChecked: null,
  });
  expect(facts).toMatchObject({ form: 'response', conserves: 'agreement', policy: '2.16.484.101.10.316.2.1.1.2.1' });
  expect(facts.mediaType).toBe('application/timestamp-reply');
  // its signingCertificateV2 names another certificate; openssl -cades says so too
  expect(facts.certificateBound).toBe(false);
});

test('openssl comes to the same judgement of its signature, chain and time', async () => {
  const at = String(Math.floor((await verify(constancia)).issuedAt!.getTime() / 1000));
  const [signed, root] = [folder.write('token.der', token), folder.write('root.pem', pinnedRoots[0]!)];
  const judge = (...more: string[]) =>
    run(
      'openssl',
      'cms',
      '-verify',
      '-inform',
      'DER',
      '-in',
      signed,
      '-CAfile',
      root,
      '-purpose',
      'any',
      '-out',
      '/dev/null',
      ...more,
    ).status;
  expect(judge('-attime', at)).toBe(0);
  // before the root began
  expect(judge('-attime', '1000000000')).not.toBe(0);
  const changed = Buffer.from(token);
  changed[changed.length - 1]! ^= 1;
  folder.write('token.der', changed);
  expect(judge('-attime', at)).not.toBe(0);
});

test('it matches none of our files, and that is all that fails', async () => {
  const ours = { ...trust, artefacts: { ours: 'cd'.repeat(32) } };
  const { findings, conserves } = await verifyConservation(constancia, ours, nodePorts);
  expect(failedOf(findings)).toEqual(['imprintMatches']);
  expect(conserves).toBeNull();
});

test.each<[string, string | null, boolean | null, ConservationExpectations['artefacts']]>([
  ['nothing', null, null, undefined],
  ['no file', null, null, {}],
  ['a digest', 'agreement', true, artefacts],
  ['another digest', null, false, { other: 'ab'.repeat(32) }],
  ['a file', 'file', true, { file: async (algorithm) => (algorithm === 'sha256' ? conserved : undefined) }],
  ['a file that is not to be had', null, false, { file: async () => undefined }],
])('of what it may be, given %s, it is of %s', async (_, conserves, matches, given) => {
  const found = await verifyConservation(constancia, { ...trust, ...(given && { artefacts: given }) }, nodePorts);
  expect([found.conserves, found.findings.imprintMatches]).toEqual([conserves, matches]);
});

test('what is no evidence is of nothing, whatever there is', async () => {
  const { conserves, findings } = await verifyConservation(Buffer.from('nothing'), { ...trust, artefacts }, nodePorts);
  expect([conserves, findings.imprintMatches]).toEqual([null, null]);
});

const secret = { file: 'cd'.repeat(32), sha512: hash('sha512', 'x') };

test('a digest that is given is one by SHA-256, whatever its length', async () => {
  const token = stampToken({ by: issue('Sello'), of: Buffer.from('x'), imprint: 'sha512' });
  expect((await verifyConservation(token, { ...trust, artefacts: secret }, nodePorts)).conserves).toBeNull();
});

test('a byte changed fails where it lies, and says so', async () => {
  const fellAt = async (at: number): Promise<string[]> => {
    const changed = Buffer.from(constancia);
    changed[at]! ^= 1;
    return failedOf((await verify(changed)).findings);
  };
  // the digest, its signature, and the certificates inside: 531 the signer's, 2,672 the root's
  expect(await fellAt(constancia.indexOf(Buffer.from(conserved, 'hex')))).toEqual(['imprintMatches', 'signatureValid']);
  expect(await fellAt(constancia.length - 1)).toEqual(['signatureValid']);
  // whose chain ends nowhere is no Mexican provider's, and must do what RFC 3161 demands
  const altered = ['extendedKeyUsage', 'certificateBound', 'chainToPinnedRoot', 'certificatesIntact'];
  expect(await fellAt(2660)).toEqual(altered);
  expect(await fellAt(4800)).toEqual(['certificatesIntact']);
});

test.each<[string, Buffer, string]>([
  ['a bare token', token, 'token'],
  ['a response in PEM', pem('TIMESTAMP REPLY', constancia), 'response'],
  ['a token in PEM', pem('PKCS7', token), 'token'],
  ['a response in base64', Buffer.from(constancia.toString('base64')), 'response'],
  ['a token in base64 with line breaks', Buffer.from(token.toString('base64').replaceAll(/.{76}/g, '$&\r\n')), 'token'],
  ['a PEM in base64', Buffer.from(pem('CMS', token).toString('base64')), 'token'],
])('%s holds as well', async (_, given, form) => {
  const found = await verify(given);
  expect(found.form).toBe(form);
  expect(failedOf(found.findings)).toEqual([]);
  expect(found.findings.granted).toBe(form === 'response' ? true : null);
  expect(Buffer.from(found.der!)).toEqual(form === 'response' ? constancia : token);
});

/** Constancia of NOM-151-SCFI-2002: name, expediente {name, index, operator, signature}, time, provider, signature. */
const oldConstancia = sequence(
  utf8String('contrato.constancia'),
  sequence(
    utf8String('contrato.expediente'),
    sequence(sequence(utf8String('contrato.pdf'), octetString(Buffer.alloc(16, 7)))),
    sequence(utf8String('Operador')),
    element(0x03, Buffer.alloc(129)),
  ),
  sequence(integer(4711), preciseTime(new Date('2010-05-05T12:00:00Z'))),
  sequence(utf8String('Prestador')),
  element(0x03, Buffer.alloc(129)),
);

test.each<[string, Buffer, string]>([
  ['a rendering for people', Buffer.from('%PDF-1.7\n% Constancia de conservación'), 'pdf'],
  ['a constancia of 2002', oldConstancia, 'nom-151-2002'],
  ['a constancia of 2002 in base64', Buffer.from(oldConstancia.toString('base64')), 'nom-151-2002'],
  ['a page of HTML', Buffer.from(`<html>${'error '.repeat(20)}</html>`), 'unknown'],
  ['nothing', Buffer.alloc(0), 'unknown'],
  ['half of it', constancia.subarray(0, 3_000), 'unknown'],
  ['a certificate', Buffer.from(pinnedRoots[0]!), 'unknown'],
])('%s is no evidence, and is told by name', async (_, given, form) => {
  const found = await verify(given);
  expect(found).toMatchObject({ form, der: undefined, conserves: null });
  expect(Object.values(found.findings)).not.toContain(true);
});

test('a private key is told as one', async () => {
  const key = folder.write('key.pem', '');
  run('openssl', 'genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', key);
  expect((await verify(readFileSync(key))).form).toBe('private-key');
});

test('the root that comes with the verifier is ACR2-SE', () => {
  // SHA-256 as two independent sources tell it
  const digest = 'b2f258c42c3066c54c3d9bbcb9a4c16bed4e7b74f302643a11af26961e09c720';
  expect(pinnedRoots.map((pem) => hash('sha256', fromPem(pem)))).toEqual([digest]);
});
