import { hash } from 'node:crypto';
import { expect, test } from 'vitest';
import { element, implicit, integer, objectIdentifier, sequence, setOf } from '#asn1/der.ts';
import { contentOf, readTimeStamp } from '@tu-esign/verifier/cms/read-time-stamp.ts';
import { verifySignedData, type Detached } from '@tu-esign/verifier/cms/verify-signed-data.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { digestAlgorithm } from './algorithms.ts';
import { authority, issue, signatory, stamping } from './certificates.ts';
import { signData, stampToken, type SignedDataShape } from './signed-data.ts';

/** Signatures and time-stamps that differ from good ones by one condition. */

const root = issue('Raíz', { extensions: authority() });
const person = issue('Persona', { issuer: root, extensions: signatory });
const stamper = issue('Sello', { issuer: root, extensions: stamping });
const content = Buffer.from('what is signed');

const verify = (shape: Partial<SignedDataShape> = {}, detached: Detached = content) =>
  verifySignedData({ cms: signData({ by: person, content, ...shape }), detached }, nodePorts);

test('what is signed verifies, whether it is given or its digest alone', async () => {
  for (const detached of [content, { sha256: hash('sha256', content, 'buffer') }])
    expect(await verify({}, detached)).toMatchObject({
      signatureValid: true,
      digestMatches: true,
      certificateBound: true,
    });
  expect(await verify({}, { sha256: hash('sha256', 'another', 'buffer') })).toMatchObject({
    signatureValid: true,
    digestMatches: false,
  });
});

test('of content that is signed by itself the digest is not enough', async () => {
  expect(await verify({ attributes: null })).toMatchObject({ signatureValid: true, digestMatches: true });
  const digest = { sha256: hash('sha256', content, 'buffer') };
  expect((await verify({ attributes: null }, digest)).signatureValid).toBe(false);
});

test('a digest that is not known makes no signature, whatever the algorithm of the signature says', async () => {
  const sha224 = sequence(objectIdentifier('2.16.840.1.101.3.4.2.4'));
  expect(await verify({ named: sha224, digestNames: setOf(sha224) })).toMatchObject({
    signatureValid: false,
    digestMatches: false,
  });
});

test('a digest beside another one that the algorithm of the signature names makes no signature', async () => {
  const sha512 = digestAlgorithm('sha512');
  expect((await verify({ named: sha512, digestNames: setOf(sha512) })).signatureValid).toBe(false);
});

test('an algorithm that is not known makes no signature', async () => {
  expect((await verify({ algorithm: sequence(objectIdentifier('1.2.3')) })).signatureValid).toBe(false);
});

const keyless = issue('Sin clave', { issuer: root, extensions: signatory, keyIdentifiers: {} });

test.each<[string, Partial<SignedDataShape>]>([
  ['its issuer alone', { signerName: sequence(person.certificate.issuer) }],
  ['nothing that we know', { signerName: implicit(1, Buffer.of(1)) }],
  ['a key that no certificate names', { by: keyless, sid: 'key' }],
])('a signer that is named by %s is not found', async (_, shape) => {
  const { signerCertificate, signatureValid, certificateBound } = await verify(shape);
  expect([signerCertificate, signatureValid, certificateBound]).toEqual([undefined, false, undefined]);
});

test('a signer that is named by the key is found behind certificates that name none', async () => {
  const certificates = [keyless, person].map(({ certificate }) => certificate.der);
  const { signerCertificate, signatureValid } = await verify({ sid: 'key', certificates });
  expect([signerCertificate, signatureValid]).toEqual([person.certificate.der, true]);
});

const stamp = stampToken({ by: stamper, of: content });

test('a time-stamp says whose it is on one line', async () => {
  const read = await readTimeStamp(stamp, nodePorts);
  expect([read.granted, contentOf(read).issuer]).toEqual([null, 'O=Prueba, CN=Sello']);
});

const answer = (status: number, ...token: Buffer[]): Buffer => sequence(sequence(integer(status)), ...token);

test('an answer says whether it was granted, and what carries no token is none', async () => {
  const granted = [0, 1, 2].map(async (status) => (await readTimeStamp(answer(status, stamp), nodePorts)).granted);
  expect(await Promise.all(granted)).toEqual([true, true, false]);
  await expect(readTimeStamp(answer(2), nodePorts)).rejects.toThrow('carries no token');
});

test.each([
  ['a signer who is named by the key', stampToken({ by: stamper, of: content, sid: 'key', signerVersion: 1 })],
  ['another version', stampToken({ by: stamper, of: content, infoVersion: 2 })],
  ['another version of the signer', stampToken({ by: stamper, of: content, signerVersion: 3 })],
  ['another version of what is signed', stampToken({ by: stamper, of: content, version: 1 })],
  ['nothing in it', signData({ by: stamper, content, type: '1.2.840.113549.1.9.16.1.4', version: 3 })],
  ['plain data in it', stampToken({ by: stamper, of: content, type: '1.2.840.113549.1.7.1', version: 3 })],
])('a time-stamp with %s is none', async (_, token) => {
  await expect(readTimeStamp(token, nodePorts)).rejects.toThrow();
});

test('a SignedData without anybody who has signed is told as such', async () => {
  const nobody = sequence(
    objectIdentifier('1.2.840.113549.1.7.2'),
    element(0xa0, sequence(integer(1), setOf(), sequence(objectIdentifier('1.2.840.113549.1.7.1')))),
  );
  await expect(verifySignedData({ cms: nobody }, nodePorts)).rejects.toThrow('exactly one signer');
});
