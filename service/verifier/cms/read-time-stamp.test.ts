import { expect, test } from 'vitest';
import { concatBytes } from '#bytes.ts';
import { readTimeStampResponse } from './read-time-stamp.ts';

const tlv = (tag: number, ...parts: Uint8Array[]): Uint8Array => {
  const contents = concatBytes(...parts);
  return Uint8Array.from([tag, contents.length, ...contents]);
};
const sequence = (...parts: Uint8Array[]): Uint8Array => tlv(0x30, ...parts);
const integer = (value: number): Uint8Array => tlv(0x02, Uint8Array.of(value));
const text = (words: string): Uint8Array => tlv(0x0c, new TextEncoder().encode(words));
const bits = (...octets: number[]): Uint8Array => tlv(0x03, Uint8Array.of(0, ...octets));
const token = sequence(integer(7));

const read = (...status: Uint8Array[]) => readTimeStampResponse(sequence(sequence(...status)));

test('what is granted says so, and carries its token', () => {
  expect(readTimeStampResponse(sequence(sequence(integer(0)), token))).toEqual({ status: 0, words: [], token });
  expect(readTimeStampResponse(sequence(sequence(integer(1)), token))).toEqual({ status: 1, words: [], token });
});

test('a refusal is told with its words and the first of its bits', () => {
  expect(read(integer(2), sequence(text('no'), text('señal')), bits(0x00, 0x04))).toEqual({
    status: 2,
    words: ['no', 'señal'],
    failure: 13,
    token: undefined,
  });
  expect(read(integer(2), bits(0x80))).toEqual({ status: 2, words: [], failure: 0, token: undefined });
  expect(read(integer(2), bits(0x00, 0x00, 0x00, 0x40)).failure).toBe(25);
});

test('bits of which none is set name no failure', () => {
  const refused = read(integer(2), bits(0x00));
  expect([refused.failure, 'failure' in refused]).toEqual([undefined, false]);
});

test.each([
  ['without a status', sequence(sequence(sequence(text('no'))))],
  ['with a status below nothing', sequence(sequence(integer(0xff)))],
  ['of nothing', sequence()],
  ['with something behind its token', sequence(sequence(integer(0)), token, integer(1))],
  ['with something else in its status', sequence(sequence(integer(2), integer(3)))],
  ['with words that are no text', sequence(sequence(integer(2), sequence(text('no'), integer(3))))],
  ['with words that are no UTF-8', sequence(sequence(integer(2), sequence(tlv(0x0c, Uint8Array.of(0xff)))))],
])('an answer %s is refused', (_, der) => {
  expect(() => readTimeStampResponse(der)).toThrow();
});
