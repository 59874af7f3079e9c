import { expect, test } from 'vitest';
import { concatBytes, fromHex, fromLatin1, toLatin1 } from '#bytes.ts';
import { holdsPrivateKey } from './private-key.ts';

const der = (hex: string): Uint8Array => fromHex(hex.replaceAll(' ', ''));
const algorithm = '3003 06012a';

test.each([
  ['PKCS #8', `300b 020100 ${algorithm} 040107`],
  ['PKCS #8 of version 2', `300b 020101 ${algorithm} 040107`],
  ['PKCS #12', `3008 020103 ${algorithm}`],
  ['an encrypted PKCS #8', `3008 ${algorithm} 040107`],
  ['PKCS #1', '300f 020100 020105 020103 020107 02010b'],
  ['SEC 1', '3006 020101 040107'],
  ['PKCS #12 in BER', '3080 020103 3080 06012a 0000 0000'],
  ['PKCS #12 with BER inside', '300a 020103 3080 06012a 0000'],
  ['PKCS #12 with something behind it', `3008 020103 ${algorithm} 0000`],
])('%s is a private key', (_, hex) => {
  expect(holdsPrivateKey(der(hex))).toBe(true);
});

test.each([
  ['four numbers', '300c 020100 020105 020103 020107'],
  ['five members that are not all numbers', '300f 020100 020105 020103 020107 04010b'],
  ['an algorithm without a type', '3008 020100 3003 040107'],
  ['an empty algorithm', '3005 020100 3000'],
  ['a type without an algorithm', '3006 020100 06012a'],
  ['an algorithm and another type', `3008 ${algorithm} 030107`],
  ['an algorithm without a type, and octets', '3008 3003 020107 040107'],
  ['an algorithm, octets and more', `300a ${algorithm} 040107 0500`],
  ['octets, an algorithm and octets', `300b 040100 ${algorithm} 040107`],
  ['a number alone', '3003 020100'],
  ['two strings of octets', '3006 040101 040107'],
  ['nothing', '3000'],
  ['what ends too early', '3008 020100'],
])('%s is none', (_, hex) => {
  expect(holdsPrivateKey(der(hex))).toBe(false);
});

test.each([
  ['PEM', '-----BEGIN ENCRYPTED PRIVATE KEY-----'],
  ['PuTTY’s', 'PuTTY-User-Key-File-3: ssh-ed25519'],
  ['a JSON Web Key', '{"kty" : "EC",\n"crv":"P-256","d" : "AA"}'],
  ['a JSON Web Key in another order', '{"d": "AA",\n"kty": "EC"}'],
  ['a secret JSON Web Key', '{"kty":"oct","k":"AA"}'],
  ['a secret JSON Web Key in another order', '{"k":"AA","kty":"oct"}'],
  ['Java’s key store', '\u00fe\u00ed\u00fe\u00ed'],
  ['Java’s other key store', '\u00ce\u00ce\u00ce\u00ce'],
])('%s is told by its beginning or its words', (_, text) => {
  expect(holdsPrivateKey(fromLatin1(text))).toBe(true);
});

test.each([
  ['a public JSON Web Key', '{"kty":"EC","crv":"P-256","x":"AA"}'],
  ['JSON without a type of key', '{"d":"AA","k":"AA"}'],
  ['Java’s classes', '\u00ca\u00fe\u00ba\u00be'],
  ['the beginning of a key store elsewhere', ' \u00fe\u00ed\u00fe\u00ed'],
])('%s is none by its words', (_, text) => {
  expect(holdsPrivateKey(fromLatin1(text))).toBe(false);
});

const key = der(`3010 020100 3005 06012a 0500 0404 01020304`);

test('a key is found within another file, but for PDFs', () => {
  expect(holdsPrivateKey(concatBytes(fromLatin1('some archive '), key, fromLatin1(' more')))).toBe(true);
  expect(holdsPrivateKey(concatBytes(fromLatin1('%PDF-1.7 '), key))).toBe(false);
  const later = key.with(4, 1);
  expect(holdsPrivateKey(concatBytes(fromLatin1('some archive '), later))).toBe(true);
  expect(holdsPrivateKey(concatBytes(fromLatin1('some archive '), key.with(4, 2)))).toBe(false);
});

test('the first numbers that are no key’s do not hide one that follows', () => {
  const number = der('020100 3005 06012a 0500 3000');
  expect(holdsPrivateKey(concatBytes(fromLatin1('a '), number))).toBe(false);
  expect(holdsPrivateKey(concatBytes(fromLatin1('a '), number, key))).toBe(true);
  // of something that is no algorithm
  expect(holdsPrivateKey(concatBytes(fromLatin1('a '), der('020100 3005 04012a 0500 0401'), fromLatin1('.')))).toBe(
    false,
  );
});

test('a label may lie, and base64 hides nothing', () => {
  const text = `-----BEGIN CERTIFICATE-----\n${btoa(toLatin1(key))}\n-----END CERTIFICATE-----`;
  expect(holdsPrivateKey(fromLatin1(text))).toBe(true);
  const long = concatBytes(key, new Uint8Array(60));
  expect(holdsPrivateKey(fromLatin1(btoa(toLatin1(long))))).toBe(true);
});
