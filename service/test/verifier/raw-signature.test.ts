import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { toRawSignature } from '@tu-esign/verifier/ports/raw-signature.ts';
import { asPlainRsa } from '@tu-esign/verifier/ports/rsa-key.ts';

const element = (tag: number, ...contents: number[]): number[] =>
  contents.length < 0x80 ? [tag, contents.length, ...contents] : [tag, 0x81, contents.length, ...contents];
const integer = (...octets: number[]): number[] => element(0x02, ...octets);
const signature = (...members: number[][]): Uint8Array => Uint8Array.from(element(0x30, ...members.flat()));
const many = (length: number): number[] => Array.from({ length }, () => 0x11);

test.each([
  ['short numbers', signature(integer(1), integer(2, 3)), 4, '0000000100000203'],
  ['numbers that are made positive', signature(integer(0, 0x80, 1), integer(0, 0xff)), 2, '800100ff'],
  ['zero', signature(integer(1), integer(0)), 1, '0100'],
  ['as long as may be', signature(integer(...many(66)), integer(...many(66))), 66, '11'.repeat(132)],
  [
    'as long as one octet tells',
    signature(integer(...many(62)), integer(...many(61))),
    62,
    `${'11'.repeat(62)}00${'11'.repeat(61)}`,
  ],
])('numbers are laid side by side: %s', (_what, der, octets, raw) => {
  expect(Buffer.from(toRawSignature(der, octets)).toString('hex')).toBe(raw);
});

test.each<[string, Uint8Array]>([
  ['below zero', signature(integer(0x80), integer(1))],
  ['below zero by all its bits', signature(integer(0xff), integer(1))],
  ['a zero too many', signature(integer(0, 0x7f), integer(1))],
  ['no octet', signature(integer(), integer(1))],
  ['a length of two octets', signature([0x02, 0x81, 1, 1], integer(1))],
  ['too long for the curve', signature(integer(1, 2, 3), integer(1))],
  ['the second too long for the curve', signature(integer(1), integer(1, 2, 3))],
  ['one number', signature(integer(1))],
  ['three numbers', signature(integer(1), integer(1), integer(1))],
  ['something behind', Uint8Array.from([...signature(integer(1), integer(1)), 0])],
  ['a length that is written longer', Uint8Array.from([0x30, 0x81, 6, ...integer(1), ...integer(1)])],
])('other forms are another signature’s bytes: %s', (_what, der) => {
  expect(() => toRawSignature(der, 2)).toThrow(RangeError);
});

const encoded = { format: 'der', type: 'spki' } as const;
const [plain, forPss, withConditions] = [
  generateKeyPairSync('rsa', { modulusLength: 512 }),
  generateKeyPairSync('rsa-pss', { modulusLength: 512 }),
  generateKeyPairSync('rsa-pss', { modulusLength: 512, hashAlgorithm: 'sha256', mgf1HashAlgorithm: 'sha256' }),
].map(({ publicKey }) => publicKey.export(encoded));

test('a key for RSASSA-PSS is written as one for RSA, unless it has conditions', () => {
  expect(asPlainRsa(plain!)).toBe(plain);
  expect(Buffer.from(asPlainRsa(forPss!)).toString('hex')).toContain('300d06092a864886f70d0101010500');
  expect(() => asPlainRsa(withConditions!)).toThrow('The key has conditions');
});
