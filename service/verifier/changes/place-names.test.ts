import { expect, test } from 'vitest';
import { placeName, readPlaceName } from './place-names.ts';

test.each([
  ['tu-esign signatory 1 signature 1', { position: 1, kind: 'signature', number: 1 }],
  ['tu-esign signatory 12 place 2', { position: 12, kind: 'place', number: 2 }],
  ['tu-esign signatory 3 initials 123456', { position: 3, kind: 'initials', number: 123_456 }],
] as const)('%s is the name of a place, and read again', (name, place) => {
  expect(placeName(place)).toBe(name);
  expect(readPlaceName(name)).toEqual(place);
});

test.each([
  'x tu-esign signatory 1 signature 1',
  'tu-esign signatory 1 signature 1 x',
  'tu-esign signatory 123 signature 1',
  'tu-esign signatory  signature 1',
  'tu-esign signatory a signature 1',
  'tu-esign signatory 1 remark 1',
  'tu-esign signatory 1 initials 1234567',
  'tu-esign signatory 1 initials ',
  'tu-esign signatory 1 initials x',
])('%s is none', (name) => {
  expect(readPlaceName(name)).toBeUndefined();
});
