import { expect, test } from 'vitest';
import { concatBytes, fromHex } from '#bytes.ts';
import { hasCanonicalLengths } from './canonical.ts';

const judge = (hex: string): boolean => hasCanonicalLengths(fromHex(hex.replaceAll(' ', '')));
const octets = (size: number): string => '07'.repeat(size);

test.each([
  ['no contents', '0500', true],
  ['127 octets by one', `047f ${octets(127)}`, true],
  ['127 octets by two', `04817f ${octets(127)}`, false],
  ['128 octets by two', `048180 ${octets(128)}`, true],
  ['128 octets by three', `04820080 ${octets(128)}`, false],
  ['255 octets by three', `048200ff ${octets(255)}`, false],
  ['256 octets by three', `04820100 ${octets(256)}`, true],
  ['256 octets by four', `0483000100 ${octets(256)}`, false],
  ['a member by two', '3004 0481 0107', false],
  ['a member of a member by two', '3006 3004 0481 0107', false],
  ['the first member alone by two', '3006 0481 0107 0500', false],
  ['what only looks like a length, in a string', '0403 810107', true],
])('%s: %s is %s', (_, hex, canonical) => {
  expect(judge(hex)).toBe(canonical);
});

const nested = (depth: number): Uint8Array => {
  let der = fromHex('0500');
  for (let at = 0; at < depth; at += 1) der = concatBytes(Uint8Array.of(0x30, der.length), der);
  return der;
};

test('deeper than anything that is signed is none', () => {
  expect([nested(16), nested(17)].map(hasCanonicalLengths)).toEqual([true, false]);
});
