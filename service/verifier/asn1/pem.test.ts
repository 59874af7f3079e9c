import { expect, test } from 'vitest';
import { toLatin1 } from '#bytes.ts';
import { fromPem, readPemBlocks } from './pem.ts';

const block = (label: string, text: string): string =>
  `-----BEGIN ${label}-----\n${btoa(text)}\n-----END ${label}-----\n`;

test('every block is decoded, in its order, whatever stands around them', () => {
  const text = `a chain\n${block('CERTIFICATE', 'one')}and\n${block('X509 CRL', 'two')}`;
  expect(readPemBlocks(text).map((der) => toLatin1(der))).toEqual(['one', 'two']);
  expect(toLatin1(fromPem(text))).toBe('one');
});

test.each([
  ['nothing', ''],
  ['a block without an end', '-----BEGIN CERTIFICATE-----\nYWJj\n'],
  ['a block without a label', block('', 'one')],
  ['a label in small letters', block('certificate', 'one')],
  ['a block with nothing in it', '-----BEGIN CERTIFICATE----------END CERTIFICATE-----'],
])('%s is none', (_, text) => {
  expect(readPemBlocks(text)).toEqual([]);
  expect(() => fromPem(text)).toThrow('no PEM block');
});
