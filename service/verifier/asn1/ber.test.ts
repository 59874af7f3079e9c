import { expect, test } from 'vitest';
import { concatBytes, fromHex, toHex } from '#bytes.ts';
import { endOfElement, toDer, toDerInside, toWholeDer } from './ber.ts';

const convert = (hex: string): string => toHex(toDer(fromHex(hex.replaceAll(' ', ''))));

test.each([
  ['DER, whatever follows it', '3003020107 0000', '30030201070000'],
  ['an end that two zeros tell', '3080 020107 0000', '3003020107'],
  ['nested ones', '3080 a080 3080 0500 0000 0000 0000', '3006a00430020500'],
  ['a string in pieces', '3080 2480 0402aabb 0401cc 0000 0000', '30050403aabbcc'],
  ['a string in pieces of a known length', '3080 2407 0402aabb 0401cc 0000', '30050403aabbcc'],
  ['pieces within pieces', '3080 2480 2404 0402aabb 0401cc 0000 0000', '30050403aabbcc'],
  // a certificate's bytes are signed as they are, be they DER or not
  ['known lengths inside, even if written at length', '3080 308103 020107 0000', '3006308103020107'],
  ['known lengths around them', '3080 308105 3003 020107 0000', '30083081053003020107'],
  ['a length of four octets', '3080 0484 00000001 07 0000', '300704840000000107'],
  ['what lies around an unknown length', '3080 3006 3080 0500 0000 0000', '3006300430020500'],
  ['what lies beside an unknown length', '3080 3006 0500 3080 0000 0000', '3006300405003000'],
])('%s', (_, ber, der) => {
  expect(convert(ber)).toBe(der);
});

test('long contents get long lengths', () => {
  const octets = new Uint8Array(300).fill(7);
  const piece = concatBytes(fromHex('0482012c'), octets);
  const der = toDer(concatBytes(fromHex('30802480'), piece, piece, fromHex('00000000')));
  expect(der).toEqual(concatBytes(fromHex('3082025c04820258'), octets, octets));
});

const inPieces = (size: number): string =>
  `3080 2480 04${(size - 1).toString(16)} ${'07'.repeat(size - 1)} 040107 0000 0000`;

test('128 octets are the first that get a long length', () => {
  expect(convert(inPieces(127))).toBe(`308181047f${'07'.repeat(127)}`);
  expect(convert(inPieces(128))).toBe(`308183048180${'07'.repeat(128)}`);
});

test('BER within DER is found where it is looked for, and nothing may follow the whole', () => {
  const [inside, behind] = ['3006 3080 0500 0000', '3006 3080 0500 0000 00'].map((hex) =>
    fromHex(hex.replaceAll(' ', '')),
  ) as [Uint8Array, Uint8Array];
  expect([toWholeDer, toDerInside].map((read) => toHex(read(inside)))).toEqual(['300430020500', '300430020500']);
  expect(toHex(toDerInside(behind))).toBe('300430020500');
  expect(() => toWholeDer(behind)).toThrow('follows');
  expect(toWholeDer(fromHex('30030201ff'))).toEqual(fromHex('30030201ff'));
});

test('an element ends where its contents do, or behind its zeros', () => {
  const ends = ['30030201070000', '30800201070000ff'].map((hex) => endOfElement(fromHex(hex)));
  expect(ends).toEqual([5, 7]);
});

test('32 within each other are read', () => {
  expect(() => convert('3080'.repeat(33) + '0000'.repeat(33))).not.toThrow();
  expect(() => convert('3080'.repeat(34) + '0000'.repeat(34))).toThrow('too deep');
});

test.each([
  ['no end', '3080 020107'],
  ['half an end', '3080 020107 00'],
  ['an unknown length of what has no parts', '3080 0480 0000 0000'],
  ['a part longer than what it is in', '3080 3003 04020101 0000'],
  ['a part longer than what it is in, where that goes on', '3080 3003 04020100 0000'],
  ['pieces of another type', '3080 2480 020101 0000 0000'],
  ['a piece of another type behind one of octets', '3080 2480 0401aa 020101 0000 0000'],
  ['a length of five octets, however small', '3080 0485 0000000001 07 0000'],
  ['a length that is too large', '3080 0485 0100000000 0000'],
  ['what is too deep', '3080'.repeat(40) + '0000'.repeat(40)],
])('%s is refused', (_, ber) => {
  expect(() => convert(ber)).toThrow(RangeError);
});

test('what is cut off is refused where BER is looked for within DER', () => {
  for (const cut of ['0403aabb', '3005 0403aabb', '30', '3082', ''])
    expect(() => toDerInside(fromHex(cut.replaceAll(' ', '')))).toThrow('The encoding ends too early');
});

test('what has too many parts is refused before it takes time', () => {
  const parts = new Uint8Array(2 * 250_000).map((_, at) => (at % 2 ? 0 : 5));
  expect(() => toDer(concatBytes(fromHex('3080'), parts, fromHex('0000')))).toThrow('too large');
});
