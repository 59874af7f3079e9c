import { expect, test } from 'vitest';
import { concatBytes, fromLatin1 } from '#bytes.ts';
import { tags } from './read.ts';
import { readTime } from './time.ts';

const time = (tag: number, text: string): Uint8Array => concatBytes(Uint8Array.of(tag, text.length), fromLatin1(text));

test.each([
  [tags.utcTime, '260229', undefined],
  [tags.utcTime, '261124190541Z', '2026-11-24T19:05:41.000Z'],
  [tags.utcTime, '491231235959Z', '2049-12-31T23:59:59.000Z'],
  [tags.utcTime, '500101000000Z', '1950-01-01T00:00:00.000Z'],
  [tags.utcTime, '9901010000Z', '1999-01-01T00:00:00.000Z'],
  [tags.utcTime, '260101120000-0600', '2026-01-01T18:00:00.000Z'],
  [tags.utcTime, '260229000000Z', undefined],
  [tags.utcTime, '240229000000Z', '2024-02-29T00:00:00.000Z'],
  [tags.generalizedTime, '20180718205903.19Z', '2018-07-18T20:59:03.190Z'],
  [tags.generalizedTime, '20180718205903.1909999Z', '2018-07-18T20:59:03.190Z'],
  [tags.generalizedTime, '20500101000000Z', '2050-01-01T00:00:00.000Z'],
  [tags.generalizedTime, '20260101003000+0130', '2025-12-31T23:00:00.000Z'],
  [tags.generalizedTime, '20260101240000Z', undefined],
  [tags.generalizedTime, '20260101236000Z', undefined],
  [tags.generalizedTime, '20260101000060Z', undefined],
  [tags.generalizedTime, '20261301000000Z', undefined],
  [tags.generalizedTime, '20260101000000', undefined],
  [tags.generalizedTime, '260101000000Z', undefined],
  [tags.octetString, '20260101000000Z', undefined],
])('of tag %i, %s is %s', (tag, text, iso) => {
  if (iso === undefined) expect(() => readTime(time(tag, text))).toThrow(RangeError);
  else expect(readTime(time(tag, text)).toISOString()).toBe(iso);
});
