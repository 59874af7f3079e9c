import { expect, test } from 'vitest';
import { fromHex } from '#bytes.ts';
import { readSignatureAlgorithm } from './signature-algorithm.ts';

const read = (hex: string) => readSignatureAlgorithm(fromHex(hex.replaceAll(' ', '')));

/** RSASSA-PSS with these parameters. */
const pss = '06092a864886f70d01010a';
const sha256 = '300d0609608648016503040201 0500';
const sha512 = '300d0609608648016503040203 0500';
const mgf1 = '06092a864886f70d010108';

test.each([
  ['RSA with SHA-256', '300d 06092a864886f70d01010b 0500', { scheme: 'rsa-pkcs1', digest: 'sha256' }],
  ['the same without NULL', '300b 06092a864886f70d01010b', { scheme: 'rsa-pkcs1', digest: 'sha256' }],
  ['the key’s algorithm', '300d 06092a864886f70d010101 0500', { scheme: 'rsa-pkcs1' }],
  ['ECDSA with SHA-384', '300a 06082a8648ce3d040303', { scheme: 'ecdsa', digest: 'sha384' }],
  ['parameters where none belong', '300d 06092a864886f70d01010b 3000', undefined],
  ['a NULL that is not empty', '300e 06092a864886f70d01010b 050100', undefined],
  ['RSA with MD5', '300d 06092a864886f70d010104 0500', undefined],
  ['RSASSA-PSS by its defaults', `300d ${pss} 3000`, { scheme: 'rsa-pss', digest: 'sha1', saltLength: 20 }],
  ['RSASSA-PSS without parameters', `300b ${pss}`, { scheme: 'rsa-pss' }],
  [
    'RSASSA-PSS',
    `3041 ${pss} 3034 a00f ${sha256} a11c 301a ${mgf1} ${sha256} a203 020120`,
    { scheme: 'rsa-pss', digest: 'sha256', saltLength: 32 },
  ],
  [
    'RSASSA-PSS without salt',
    `3041 ${pss} 3034 a00f ${sha256} a11c 301a ${mgf1} ${sha256} a203 020100`,
    { scheme: 'rsa-pss', digest: 'sha256', saltLength: 0 },
  ],
  ['RSASSA-PSS with two digests', `3041 ${pss} 3034 a00f ${sha256} a11c 301a ${mgf1} ${sha512} a203 020120`, undefined],
  [
    'RSASSA-PSS with a salt below nothing',
    `3041 ${pss} 3034 a00f ${sha256} a11c 301a ${mgf1} ${sha256} a203 0201ff`,
    undefined,
  ],
])('%s is told', (_, hex, algorithm) => {
  expect(read(hex)).toEqual(algorithm);
});
