import { expect, test } from 'vitest';
import { element, objectIdentifier, sequence, utf8String, type Der } from '#asn1/der.ts';
import { nameToText, sameName } from '@tu-esign/verifier/certificates/names.ts';

/** Names as they are written for people, and compared. */

const attribute = (type: string, ...value: Der[]): Der => sequence(objectIdentifier(type), ...value);
const relative = (...attributes: Der[]): Der => element(0x31, ...attributes);
const [common, organisation] = ['2.5.4.3', '2.5.4.10'];
const named = (value: Der): Der => sequence(relative(attribute(common, value)));
const text = (words: string): Der => named(utf8String(words));
const strings = { universal: 0x1c, bmp: 0x1e, latin: 0x14 };

test.each([
  ['letters in any case', 'Ana Pérez', 'ANA PéREZ', true],
  ['letters beyond ASCII', 'Ana Pérez', 'ANA PÉREZ', false],
  ['spaces before, behind and between', 'Ana Pérez', '  Ana   Pérez  ', true],
  ['a space that is not there', 'Ana Pérez', 'AnaPérez', false],
  ['a space behind', 'a', 'a ', true],
  ['two spaces before', 'a', '  a', true],
  ['a tab and a line’s end between', 'a b', '\na\t\r\nb', true],
  ['another space', 'a b', 'a\u00a0b', false],
  ['a plus', 'a + O=b', 'a+ O=b', false],
])('%s: names are compared as people read them', (_, one, other, isSame) => {
  expect(sameName(text(one), text(other))).toBe(isSame);
});

test('parts of one place are compared in whatever order, and are no other text', () => {
  const [one, other] = [attribute(common, utf8String('a')), attribute(organisation, utf8String('b'))];
  const both = sequence(relative(one, other));
  expect(sameName(both, sequence(relative(other, one)))).toBe(true);
  expect(sameName(both, sequence(relative(one), relative(other)))).toBe(false);
  expect(sameName(both, text('aO=b'))).toBe(false);
  expect(nameToText(both)).toBe('CN=a + O=b');
});

test('names that cannot be read are the same by their bytes alone', () => {
  const [one, other] = [
    named(element(strings.bmp, Buffer.of(0, 65, 0))),
    named(element(strings.bmp, Buffer.of(0, 65, 1))),
  ];
  expect([sameName(one, one), sameName(one, other), sameName(one, text('A'))]).toEqual([true, false, false]);
  expect(() => nameToText(one)).toThrow(RangeError);
});

test.each([
  ['of two octets a character', element(strings.bmp, Buffer.from([0, 65, 0x20, 0xac])), 'A€'],
  ['of four octets a character', element(strings.universal, Buffer.from([0, 0, 0, 65, 0, 1, 0xf6, 0])), 'A😀'],
  ['of one octet a character', element(strings.latin, Buffer.of(0xe9)), 'é'],
  ['with a control character', utf8String('a\u0007b\u007f'), String.raw`a\07b\7F`],
  ['with a control character of latin1', utf8String('a\u0080\u0085b'), 'a\u0080\u0085b'],
  ['with what means something in a line', utf8String('#a,b+c"d\\e<f>g;'), String.raw`\#a\,b\+c\"d\\e\<f\>g\;`],
  ['with spaces around', utf8String(' a b '), String.raw`\ a b\ `],
  ['of a lone #', utf8String('#'), '#'],
])('a text %s is written', (_, value, words) => {
  expect(nameToText(named(value))).toBe(`CN=${words}`);
});

test('an attribute without a value has none, and one that nobody knows its number', () => {
  expect(nameToText(sequence(relative(attribute(common)), relative(attribute('1.2.3', utf8String('a')))))).toBe(
    'CN=\n1.2.3=a',
  );
});
