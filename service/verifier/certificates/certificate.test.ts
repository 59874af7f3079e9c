import { expect, test } from 'vitest';
import { concatBytes } from '#bytes.ts';
import { oid } from '#asn1/object-identifiers.ts';
import { isValidAt, readCertificate, type Certificate } from './certificate.ts';
import {
  findExtension,
  hasReadableExtensions,
  isCritical,
  mayCertify,
  readAuthorityKey,
  readBasicConstraints,
  readKeyUsage,
  requiresPolicy,
} from './extensions.ts';

const tlv = (tag: number, ...parts: Uint8Array[]): Uint8Array => {
  const contents = concatBytes(...parts);
  const length = contents.length < 128 ? [contents.length] : [0x81, contents.length];
  return Uint8Array.from([tag, ...length, ...contents]);
};
const sequence = (...parts: Uint8Array[]): Uint8Array => tlv(0x30, ...parts);
const integer = (value: number): Uint8Array => tlv(0x02, Uint8Array.of(value));
const octets = (...parts: Uint8Array[]): Uint8Array => tlv(0x04, ...parts);
const [no, yes] = [0, 0xff].map((value) => tlv(0x01, Uint8Array.of(value))) as [Uint8Array, Uint8Array];
const typeOf = (arc: number): Uint8Array => tlv(0x06, Uint8Array.of(0x55, 0x1d, arc));
const time = (text: string): Uint8Array => tlv(text.length === 13 ? 0x17 : 0x18, new TextEncoder().encode(text));
const bits = (...values: number[]): Uint8Array => tlv(0x03, Uint8Array.from(values));

interface Shape {
  version?: number;
  times?: Uint8Array[];
  rest?: Uint8Array[];
  behind?: Uint8Array[];
}

const [from, until] = [time('260101000000Z'), time('20270101000000Z')];

const write = ({ version = 2, times = [from, until], rest = [], behind = [] }: Shape = {}): Uint8Array => {
  const parts = [integer(7), sequence(), sequence(), sequence(...times), sequence(), sequence(), ...rest];
  return sequence(sequence(tlv(0xa0, integer(version)), ...parts), sequence(), bits(0, 1), ...behind);
};
const extensionsOf = (...each: Uint8Array[]): Uint8Array => tlv(0xa3, sequence(...each));
/** Key use, basic constraints, policy constraints and the key of the authority. */
const [usageArc, constraintsArc, policyArc, keyArc] = [15, 19, 36, 35];
const certificateWith = (...each: Uint8Array[]): Certificate =>
  readCertificate(write({ rest: [extensionsOf(...each)] }));

test('it is valid from its first second to its last, both among it', () => {
  const certificate = readCertificate(write());
  const at = (text: string): boolean => isValidAt(certificate, new Date(text));
  expect([at('2025-12-31T23:59:59Z'), at('2026-01-01T00:00:00Z')]).toEqual([false, true]);
  expect([at('2027-01-01T00:00:00Z'), at('2027-01-01T00:00:01Z')]).toEqual([true, false]);
});

test('times with seconds and nothing else are plain', () => {
  expect(readCertificate(write()).hasPlainTimes).toBe(true);
  const fraction = time('20270101000000.5Z');
  expect(readCertificate(write({ times: [from, fraction] })).hasPlainTimes).toBe(false);
});

test.each<[string, Shape]>([
  ['something behind its signature', { behind: [integer(1)] }],
  ['three times', { times: [from, until, until] }],
  ['extensions twice', { rest: [extensionsOf(), extensionsOf()] }],
  ['identifiers behind its extensions', { rest: [extensionsOf(), tlv(0x82, Uint8Array.of(0, 1))] }],
  ['something else behind its key', { rest: [integer(1)] }],
  ['an extension of two values', { rest: [extensionsOf(sequence(typeOf(usageArc), octets(), octets()))] }],
  ['an extension without a value', { rest: [extensionsOf(sequence(typeOf(usageArc), yes))] }],
])('a certificate with %s is none', (_, shape) => {
  expect(() => readCertificate(write(shape))).toThrow(RangeError);
});

test('nothing at all is no certificate', () => {
  expect(() => readCertificate(sequence())).toThrow(RangeError);
});

const identifier = (tag: number): Uint8Array => tlv(tag, Uint8Array.of(0, 1));

test('both identifiers and extensions stand in their order', () => {
  const { extensions } = readCertificate(write({ rest: [identifier(0x81), identifier(0x82), extensionsOf()] }));
  expect(extensions).toEqual([]);
});

test('an extension is critical where it says so, by itself', () => {
  const certificate = certificateWith(
    sequence(typeOf(usageArc), no, octets(bits(7, 0x80))),
    sequence(typeOf(constraintsArc), yes, octets(sequence(yes))),
  );
  expect([isCritical(certificate, oid.keyUsage), isCritical(certificate, oid.basicConstraints)]).toEqual([false, true]);
  expect(isCritical(certificate, oid.nameConstraints)).toBe(false);
});

test('an extension that is there twice is none', () => {
  const usage = sequence(typeOf(usageArc), octets(bits(7, 0x80)));
  const certificate = certificateWith(usage, usage);
  expect(() => findExtension(certificate, oid.keyUsage)).toThrow(RangeError);
  expect(hasReadableExtensions(certificate)).toBe(false);
});

const usageOf = (...values: number[]) =>
  readKeyUsage(certificateWith(sequence(typeOf(usageArc), octets(bits(...values)))));

test('bits of a key’s use are read, and those that are not used must be zero', () => {
  expect(usageOf(7, 0x80)).toEqual(['digitalSignature']);
  expect(usageOf(1, 0x06)).toEqual(['keyCertSign', 'cRLSign']);
  expect(usageOf(7, 0x00, 0x80)).toEqual(['decipherOnly']);
  expect(() => usageOf(2, 0x06)).toThrow(RangeError);
  expect(() => usageOf(8, 0x00)).toThrow(RangeError);
  expect(() => usageOf()).toThrow(RangeError);
});

const constraintsOf = (...members: Uint8Array[]): Certificate =>
  certificateWith(sequence(typeOf(constraintsArc), octets(sequence(...members))));

test('an authority says so, and how many may follow', () => {
  expect(readBasicConstraints(constraintsOf(yes, integer(2)))).toEqual({ ca: true, pathLength: 2 });
  expect(readBasicConstraints(constraintsOf(no))).toEqual({ ca: false });
  expect(readBasicConstraints(constraintsOf())).toEqual({ ca: false });
  expect([yes, no].map((says) => mayCertify(constraintsOf(says)))).toEqual([true, false]);
  expect(mayCertify(constraintsOf(yes, integer(0xff)))).toBe(false);
  expect(mayCertify(constraintsOf(yes, integer(1), integer(1)))).toBe(false);
  expect(mayCertify(readCertificate(write()))).toBe(false);
});

test.each([
  ['a key’s use', usageArc, octets(integer(1))],
  ['constraints', constraintsArc, octets(sequence(yes, integer(1), integer(1)))],
  ['a key’s use with something behind', usageArc, octets(bits(7, 0x80), integer(1))],
  ['an authority’s key with something behind', keyArc, octets(sequence(), integer(1))],
  ['the own key', 14, octets(integer(1))],
  ['purposes', 37, octets(sequence(integer(1)))],
])('%s that cannot be read are told', (_, arc, value) => {
  expect(hasReadableExtensions(certificateWith(sequence(typeOf(arc), value)))).toBe(false);
});

test('extensions are of version 3 alone, and what nobody heeds may be anything', () => {
  const odd = extensionsOf(sequence(typeOf(99), octets(Uint8Array.of(0x30, 9))));
  expect(hasReadableExtensions(readCertificate(write({ rest: [odd] })))).toBe(true);
  expect(hasReadableExtensions(readCertificate(write({ rest: [odd], version: 1 })))).toBe(false);
});

test('the key of an authority is named by itself, or by who issued it, and number', () => {
  const name = sequence(integer(3));
  const members = [tlv(0x80, Uint8Array.of(5)), tlv(0xa1, tlv(0xa4, name), tlv(0x82)), tlv(0x82, Uint8Array.of(9))];
  const key = readAuthorityKey(certificateWith(sequence(typeOf(keyArc), octets(sequence(...members)))));
  expect(key).toEqual({ keyIdentifier: Uint8Array.of(5), issuerNames: [name], serialNumber: integer(9) });
});

const required = (...members: Uint8Array[]): boolean =>
  requiresPolicy(certificateWith(sequence(typeOf(policyArc), octets(sequence(...members)))));

test('a policy is required from now on, or is not', () => {
  const [explicit, mapping] = [tlv(0x80, Uint8Array.of(0)), tlv(0x81, Uint8Array.of(0))];
  expect([required(explicit, mapping), required(mapping), required()]).toEqual([true, false, false]);
});
