import { expect, test } from 'vitest';
import { concatBytes } from '#bytes.ts';
import { oid } from '#asn1/object-identifiers.ts';
import type { Certificate } from '#certificates/certificate.ts';
import { nodePorts } from '#ports/node.ts';
import type { DigestAlgorithm } from '#ports/ports.ts';
import { isBound } from './signing-certificate.ts';

const tlv = (tag: number, ...parts: Uint8Array[]): Uint8Array => {
  const contents = concatBytes(...parts);
  return Uint8Array.from([tag, contents.length, ...contents]);
};
const sequence = (...parts: Uint8Array[]): Uint8Array => tlv(0x30, ...parts);
const integer = (value: number): Uint8Array => tlv(0x02, Uint8Array.of(value));
const nameOf = (text: string): Uint8Array =>
  sequence(tlv(0x31, sequence(tlv(0x06, Uint8Array.of(0x55, 4, 3)), tlv(0x0c, new TextEncoder().encode(text)))));

/** All that is looked at of a certificate. */
const certificate = {
  der: sequence(integer(7)),
  issuer: nameOf('issuer'),
  serialNumber: integer(9),
} as unknown as Certificate;

const digest = (algorithm: DigestAlgorithm): Uint8Array => tlv(0x04, nodePorts.digest(algorithm, certificate.der));
const directory = (name: Uint8Array): Uint8Array => tlv(0xa4, name);
const issuerSerial = (names: Uint8Array[], serialNumber = integer(9)): Uint8Array =>
  sequence(sequence(...names), serialNumber);

/** Of the second version; the first of several that are named is the signer's. */
const named = (...members: Uint8Array[]): Uint8Array => sequence(sequence(sequence(...members)));
const isNamed = (...values: Uint8Array[]): boolean | undefined =>
  isBound(new Map([[oid.signingCertificateV2, values]]), certificate, nodePorts);

test('a certificate is named by its digest, with its issuer and number or without', () => {
  expect(isNamed(named(digest('sha256')))).toBe(true);
  expect(isNamed(named(digest('sha256'), issuerSerial([directory(nameOf('issuer'))])))).toBe(true);
  expect(isNamed(named(digest('sha256'), issuerSerial([directory(nameOf('a')), directory(nameOf('issuer'))])))).toBe(
    true,
  );
  expect(isBound(new Map(), certificate, nodePorts)).toBe(undefined);
});

test.each([
  ['another digest', [named(digest('sha512'))]],
  [
    'a digest by an algorithm that is not known',
    [named(sequence(tlv(0x06, Uint8Array.of(0x2a, 3))), digest('sha256'))],
  ],
  ['another number', [named(digest('sha256'), issuerSerial([directory(nameOf('issuer'))], integer(8)))]],
  ['another issuer', [named(digest('sha256'), issuerSerial([directory(nameOf('other'))]))]],
  ['an issuer that is no name of a directory', [named(digest('sha256'), issuerSerial([tlv(0xa6, nameOf('issuer'))]))]],
  ['two values', [named(digest('sha256')), named(digest('sha256'))]],
  ['no value', []],
  ['what cannot be read', [sequence()]],
])('%s names another one', (_, values) => {
  expect(isNamed(...values)).toBe(false);
});

const first = (by: DigestAlgorithm): Map<string, Uint8Array[]> =>
  new Map([
    [oid.signingCertificate, [named(digest(by))]],
    [oid.signingCertificateV2, [named(digest('sha256'))]],
  ]);

test('both versions, where both are there, have to name it', () => {
  expect(isBound(first('sha1'), certificate, nodePorts)).toBe(true);
  expect(isBound(first('sha256'), certificate, nodePorts)).toBe(false);
});
