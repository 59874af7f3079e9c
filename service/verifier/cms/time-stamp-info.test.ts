import { expect, test } from 'vitest';
import { concatBytes } from '#bytes.ts';
import { readTimeStampInfo } from './time-stamp-info.ts';

const tlv = (tag: number, ...parts: Uint8Array[]): Uint8Array => {
  const contents = concatBytes(...parts);
  return Uint8Array.from([tag, contents.length, ...contents]);
};
const sequence = (...parts: Uint8Array[]): Uint8Array => tlv(0x30, ...parts);
const integer = (value: number): Uint8Array => tlv(0x02, Uint8Array.of(value));
const oid = tlv(0x06, Uint8Array.of(0x2a, 0x03));
const time = tlv(0x18, new TextEncoder().encode('20261128120000Z'));
const yes = tlv(0x01, Uint8Array.of(0xff));
const extension = (...critical: Uint8Array[]): Uint8Array => sequence(oid, ...critical, tlv(0x04, Uint8Array.of(0)));
const extensions = (...each: Uint8Array[]): Uint8Array => tlv(0xa1, ...each);
const [accuracy, authority] = [sequence(integer(1)), tlv(0xa0, sequence())];

const infoWith = (...rest: Uint8Array[]): Uint8Array =>
  sequence(integer(1), oid, sequence(sequence(oid), tlv(0x04, Uint8Array.of(7))), integer(9), time, ...rest);

test('what may be left out is read where it is there', () => {
  const info = readTimeStampInfo(infoWith(accuracy, yes, integer(5), authority, extensions(extension())));
  expect(info).toMatchObject({ version: 1, policy: '1.2.3', nonce: Uint8Array.of(5), authority: sequence() });
  expect(info.genTime).toEqual(new Date('2026-11-28T12:00:00Z'));
  const bare = readTimeStampInfo(infoWith());
  expect([bare.nonce, bare.authority]).toEqual([undefined, undefined]);
});

test.each([
  ['a nonce twice', [integer(5), integer(5)]],
  ['its parts in another order', [integer(5), accuracy]],
  ['something else behind', [tlv(0x05)]],
  ['a critical extension', [extensions(extension(yes))]],
  ['a critical extension beside another', [extensions(extension(), extension(yes))]],
])('a time-stamp with %s is none', (_, rest) => {
  expect(() => readTimeStampInfo(infoWith(...rest))).toThrow(RangeError);
});
