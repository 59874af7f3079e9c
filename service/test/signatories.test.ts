import { expect, test } from 'vitest';
import { Email, Rfc, Signatory } from '@tu-esign/contract';
import { asciiAddress, fullName } from '#authority/name.ts';

const ana = { givenName: 'Ana', paternalSurname: 'Ejemplo', email: 'ana@example.com' };
const isTaken = (changes: object): boolean => Signatory.safeParse({ ...ana, ...changes }).success;

test.each([
  ['macrons below', 'Xuua\u0331 Ñä\u0331ñho'],
  ['marks without a precomposed form', 'M\u0303axu \u0268\u0301'],
  ['Arabic', 'محمد'],
  ['a Han character in a form of its family', '\u845b\u{e0100}'],
  ['emoji with a variant', '\u2764\ufe0f'],
])('a name with %s is taken', (_what, givenName) => {
  expect(isTaken({ givenName })).toBe(true);
});

test.each([
  ['a zero-width space', 'An\u200ba'],
  ['a zero-width joiner', 'An\u200da'],
  ['a word joiner', 'An\u2060a'],
  ['a byte order mark inside', 'An\ufeffa'],
  ['a soft hyphen', 'An\u00ada'],
  ['a tag', 'An\u{e0061}a'],
  ['a line separator', 'An\u2028a'],
  ['a paragraph separator', 'An\u2029a'],
  ['a filler', 'An\u3164a'],
  ['a mark of direction', 'An\u200fa'],
])('a name with %s is refused', (_what, givenName) => {
  expect(isTaken({ givenName })).toBe(false);
});

test('who has one name alone may sign', () => {
  const { paternalSurname: _, ...mononym } = { ...ana, givenName: 'Suharto' };
  expect(fullName(Signatory.parse(mononym))).toBe('Suharto');
});

test.each([
  ['ana@muñoz.example', 'ana@xn--muoz-hqa.example'],
  ['ana@mun\u0303oz.example', 'ana@xn--muoz-hqa.example'],
  ['ana@ejemplo.xn--p1ai', 'ana@ejemplo.xn--p1ai'],
  ['a&b@example.com', 'a&b@example.com'],
  ['"ana ejemplo"@example.com', '"ana ejemplo"@example.com'],
  ['ana@例え.テスト', 'ana@xn--r8jz45g.xn--zckzah'],
])('%s is an e-mail address, in certificates %s', (written, ascii) => {
  expect(asciiAddress(Email.parse(written))).toBe(ascii);
});

test.each([
  'ana',
  'ana@',
  '@example.com',
  'ana@example',
  'a b@example.com',
  'ana@-a.com',
  'ana@a..com',
  'ana@a.com ',
  '.ana@a.com',
  'ñ@a.com',
  `${'a'.repeat(65)}@a.com`,
])('%s is none', (text) => {
  expect(Email.safeParse(text).success).toBe(false);
});

test('an RFC whose Ñ comes in two parts is the same RFC', () => {
  expect(Rfc.parse('MUN\u0303O800101AB1')).toBe('MUÑO800101AB1');
});
