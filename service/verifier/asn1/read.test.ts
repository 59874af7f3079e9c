import { expect, test } from 'vitest';
import { contentsOf, expectTag, readElement, readMembers, readSmallInteger, splitWhole, tagOf, tags } from './read.ts';

const of = (...octets: number[]): Uint8Array => Uint8Array.from(octets);

test('an element’s bounds are told, by short and by long lengths', () => {
  expect(readElement(of(0x04, 0x02, 1, 2))).toEqual({ tag: 0x04, start: 0, contents: 2, end: 4 });
  expect(readElement(of(9, 0x04, 0x82, 0x00, 0x01, 7), 1)).toEqual({ tag: 0x04, start: 1, contents: 5, end: 6 });
  expect(contentsOf(of(0x04, 0x81, 0x01, 7, 9))).toEqual(of(7));
  expect(contentsOf(of(0x04, 0x84, 0, 0, 0, 1, 7))).toEqual(of(7));
});

test.each([
  ['nothing', of()],
  ['a tag alone', of(0x30)],
  ['contents cut off', of(0x04, 0x02, 1)],
  ['a length cut off', of(0x04, 0x82, 1)],
  ['an indefinite length', of(0x30, 0x80, 0, 0)],
  ['an indefinite length before enough octets', of(0x30, 0x80, ...new Uint8Array(128))],
  ['a length of five octets', of(0x04, 0x85, 0, 0, 0, 0, 1, 7)],
])('%s is refused', (_, der) => {
  expect(() => readElement(der)).toThrow(RangeError);
});

test('members end where what they are in does', () => {
  const members = splitWhole(of(0x30, 0x05, 0x02, 0x01, 7, 0x05, 0x00));
  expect(members).toEqual([of(0x02, 0x01, 7), of(0x05, 0x00)]);
  const longer = of(0x30, 0x03, 0x02, 0x02, 7, 8);
  expect(() => readMembers(longer, readElement(longer))).toThrow('longer than what it is in');
  expect(() => splitWhole(of(0x30, 0x00, 0x00))).toThrow('follows');
});

test('what has more members than anything that is read so takes no memory', () => {
  const many = new Uint8Array(4 + 2 * 30_000).fill(5);
  many.set([0x30, 0x82, (60_000 >> 8) & 0xff, 60_000 & 0xff]);
  for (let at = 5; at < many.length; at += 2) many[at] = 0;
  expect(() => readMembers(many, readElement(many))).toThrow('too many');
});

test('types are what they should be, and numbers are small', () => {
  expect(tagOf(undefined)).toBe(0);
  expect(() => expectTag(tags.sequence, undefined)).toThrow(RangeError);
  expect(() => expectTag(tags.sequence, of(0x31, 0))).toThrow(RangeError);
  const numbers = [of(2, 1, 3), of(2, 2, 0, 222), of(2, 4, 0x7f, 0xff, 0xff, 0xff), of(2, 1, 0xff), of(2, 0)];
  expect(numbers.map(readSmallInteger)).toEqual([3, 222, 0x7fffffff, -1, -1]);
  expect(readSmallInteger(of(2, 5, 1, 0, 0, 0, 0))).toBe(-1);
});
