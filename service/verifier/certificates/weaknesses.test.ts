import { expect, test } from 'vitest';
import { concatBytes, fromHex } from '#bytes.ts';
import type { Certificate } from './certificate.ts';
import { readPublicKey } from './public-key.ts';
import { weaknessesOf, weaknessOfSignature } from './weaknesses.ts';

const lengthOf = (length: number): number[] =>
  length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
const tlv = (tag: number, ...parts: Uint8Array[]): Uint8Array => {
  const contents = concatBytes(...parts);
  return Uint8Array.from([tag, ...lengthOf(contents.length), ...contents]);
};
const sequence = (...parts: Uint8Array[]): Uint8Array => tlv(0x30, ...parts);
const oid = (hex: string): Uint8Array => tlv(0x06, fromHex(hex));
const integer = (...octets: number[]): Uint8Array => tlv(0x02, Uint8Array.from(octets));
const nothing = Uint8Array.of(0x05, 0);

const keyOf = (algorithm: Uint8Array, key: Uint8Array): Uint8Array =>
  sequence(algorithm, tlv(0x03, Uint8Array.of(0), key));
const [rsaName, sha256Rsa] = [oid('2a864886f70d010101'), oid('2a864886f70d01010b')];
/** A modulus of so many bits, and an exponent. */
const rsaKey = (bits: number, ...exponent: number[]): Uint8Array => {
  const octets = new Uint8Array(Math.ceil(bits / 8)).fill(0xff);
  octets[0] = 0xff >> (octets.length * 8 - bits);
  return keyOf(sequence(rsaName, nothing), sequence(integer(0, ...octets), integer(...exponent)));
};
const ecKey = (curve: Uint8Array): Uint8Array => keyOf(sequence(oid('2a8648ce3d0201'), curve), Uint8Array.of(4));
const [p224, p256, p384] = ['2b81040021', '2a8648ce3d030107', '2b81040022'].map((curve) => ecKey(oid(curve))) as [
  Uint8Array,
  Uint8Array,
  Uint8Array,
];

const name = (text: string): Uint8Array =>
  sequence(tlv(0x31, sequence(tlv(0x06, Uint8Array.of(0x55, 4, 3)), tlv(0x0c, new TextEncoder().encode(text)))));

/** All that is looked at of a certificate. */
const certificateOf = (publicKey: Uint8Array, more: Partial<Certificate> = {}): Certificate =>
  ({
    publicKey,
    signatureAlgorithm: sequence(sha256Rsa, nothing),
    subject: name('subject'),
    issuer: name('issuer'),
    ...more,
  }) as Certificate;
const weaknessesOfKey = (publicKey: Uint8Array): string[] => weaknessesOf([certificateOf(publicKey)]);

test('a key’s size is that of its first bit on', () => {
  expect(readPublicKey(rsaKey(2048, 1, 0, 1))).toEqual({ kind: 'rsa', bits: 2048 });
  expect(readPublicKey(rsaKey(2041, 1, 0, 1))).toEqual({ kind: 'rsa', bits: 2041 });
  const zero = keyOf(sequence(rsaName), sequence(integer(0), integer(3)));
  expect(readPublicKey(zero)).toEqual({ kind: 'rsa', bits: 0 });
  expect(readPublicKey(p384)).toMatchObject({ kind: 'ec', bits: 384 });
  expect(readPublicKey(keyOf(sequence(oid('2b6570')), Uint8Array.of(1)))).toEqual({
    kind: 'other',
    algorithm: '1.3.101.112',
  });
  expect(readPublicKey(ecKey(sequence()))).toEqual({ kind: 'ec', curve: 'explicit', bits: undefined });
});

test.each<[string[], Uint8Array]>([
  [[], rsaKey(2048, 1, 0, 1)],
  [[], rsaKey(2048, 3)],
  [['an RSA key of 2047 bits'], rsaKey(2047, 1, 0, 1)],
  [['an RSA key with no exponent'], rsaKey(2048, 1)],
  [[], p256],
  [['a curve of 224 bits'], p224],
  [['a curve that is not known'], ecKey(sequence())],
  [[], keyOf(sequence(oid('2b6570')), Uint8Array.of(1))],
  [['a certificate that cannot be read'], sequence()],
])('%j is said of a key', (told, publicKey) => {
  expect(weaknessesOfKey(publicKey)).toEqual(told);
});

const sha1Rsa = sequence(oid('2a864886f70d010105'), nothing);

test('a signature is as weak as its digest, but what a root says of itself counts for nothing', () => {
  const weak = { signatureAlgorithm: sha1Rsa };
  expect(weaknessesOf([certificateOf(p256, weak)])).toEqual(['SHA-1']);
  expect(weaknessesOf([certificateOf(p256, { ...weak, issuer: name('subject') })])).toEqual([]);
  expect(weaknessesOf([rsaKey(1024, 3), rsaKey(1024, 3)].map((key) => certificateOf(key)))).toEqual([
    'an RSA key of 1024 bits',
  ]);
});

test('RSASSA-PSS names its digest inside, which is SHA-1 where it names none', () => {
  const pss = oid('2a864886f70d01010a');
  expect(weaknessOfSignature(sequence(pss, sequence()))).toEqual(['SHA-1']);
  const digest = sequence(oid('608648016503040201'), nothing);
  const mask = sequence(oid('2a864886f70d010108'), digest);
  const named = sequence(tlv(0xa0, digest), tlv(0xa1, mask), tlv(0xa2, integer(32)));
  expect(weaknessOfSignature(sequence(pss, named))).toEqual([]);
  expect(weaknessOfSignature(sequence(sha256Rsa, nothing))).toEqual([]);
});
