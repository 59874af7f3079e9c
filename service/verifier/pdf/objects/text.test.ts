import { expect, test } from 'vitest';
import { fromLatin1 } from '#bytes.ts';
import { decodeText, encodeText, parseDate } from './text.ts';

/** ISO 32000-2, table D.2, where it is not latin1; undefined codes are U+FFFD. */
const table: Readonly<Record<number, string>> = {
  0x16: '\u0017',
  0x18: '\u02D8\u02C7\u02C6\u02D9\u02DD\u02DB\u02DA\u02DC',
  0x7f: '\uFFFD',
  0x80: '\u2022\u2020\u2021\u2026\u2014\u2013\u0192\u2044\u2039\u203A\u2212\u2030\u201E\u201C\u201D\u2018',
  0x90: '\u2019\u201A\u2122\uFB01\uFB02\u0141\u0152\u0160\u0178\u017D\u0131\u0142\u0153\u0161\u017E\uFFFD',
  0xa0: '\u20AC',
  0xad: '\uFFFD',
};

test('each byte is the character that the standard has for it', () => {
  const expected = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte));
  for (const [start, characters] of Object.entries(table))
    for (const [index, character] of Array.from(characters).entries()) expected[Number(start) + index] = character;
  expect(Array.from(decodeText(Uint8Array.from({ length: 256 }, (_, byte) => byte)))).toEqual(expected);
});

test.each([
  ['\xfe\xff\x01\x41', '\u0141'],
  ['\xff\xfe\x41\x01', '\u0141'],
  ['\xef\xbb\xbf\xc5\x81', '\u0141'],
  ['\xfe', '\xfe'],
  ['\xef\xbb', '\xef\xbb'],
  ['', ''],
])('%j says %j, by the mark before it', (bytes, text) => {
  expect(decodeText(fromLatin1(bytes))).toBe(text);
});

test('what is written has its mark, and two bytes for each unit', () => {
  expect(encodeText('A\u0141')).toEqual(fromLatin1('\xfe\xff\0A\x01\x41'));
});

test.each([
  ['D:2026', '2026-01-01T00:00:00.000Z'],
  ['D:202602', '2026-02-01T00:00:00.000Z'],
  ['D:20280229', '2028-02-29T00:00:00.000Z'],
  ['D:20261231', '2026-12-31T00:00:00.000Z'],
  ['D:20260203', '2026-02-03T00:00:00.000Z'],
  ['D:2026020304', '2026-02-03T04:00:00.000Z'],
  ['D:202602030405', '2026-02-03T04:05:00.000Z'],
  ['D:20260203040506', '2026-02-03T04:05:06.000Z'],
  ['D:20260203040506Z', '2026-02-03T04:05:06.000Z'],
  ["D:20260203040506Z00'00'", '2026-02-03T04:05:06.000Z'],
  ['D:20260203040506-', '2026-02-03T04:05:06.000Z'],
  ['D:20260203040506-06', '2026-02-03T10:05:06.000Z'],
  ["D:20260203040506+05'30'", '2026-02-02T22:35:06.000Z'],
  ["D:20260203040506+05'30", '2026-02-02T22:35:06.000Z'],
  ['D:20260203040506+0530', '2026-02-02T22:35:06.000Z'],
  ["D:20260203040506-06'", '2026-02-03T10:05:06.000Z'],
])('%s is %s', (text, date) => {
  expect(parseDate(text)?.toISOString()).toBe(date);
});

test.each([
  '',
  '2026',
  'D:',
  'D:202',
  'D:2026020',
  'D:20261301',
  'D:20260203040506x',
  'D:20260229',
  'D:20260431',
  'D:20260100',
  'D:20260132',
  ' D:2026',
  'D:2026 ',
  'D:20260203040506A06',
  "D:20260203040506+25'00'",
  "D:20260203040506+05''30'",
  "D:20260203040506+05'30''",
  'D:YYYY',
  'D:2026MM',
])('%j is no date', (text) => {
  expect(parseDate(text)).toBeUndefined();
});
