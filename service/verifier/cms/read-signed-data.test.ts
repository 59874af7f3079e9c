import { expect, test } from 'vitest';
import { concatBytes, fromHex } from '#bytes.ts';
import { readAttributes, readCertificatesOf, readSignedData } from './read-signed-data.ts';

const tlv = (tag: number, ...parts: Uint8Array[]): Uint8Array => {
  const contents = concatBytes(...parts);
  return Uint8Array.from([tag, ...(contents.length < 128 ? [] : [0x81]), contents.length, ...contents]);
};
const sequence = (...parts: Uint8Array[]): Uint8Array => tlv(0x30, ...parts);
const set = (...parts: Uint8Array[]): Uint8Array => tlv(0x31, ...parts);
const integer = (value: number): Uint8Array => tlv(0x02, Uint8Array.of(value));
const octets = (...values: number[]): Uint8Array => tlv(0x04, Uint8Array.from(values));
const nothing = Uint8Array.of(0x05, 0x00);
const oid = (hex: string): Uint8Array => tlv(0x06, fromHex(hex));
const sha256 = oid('608648016503040201');
const [data, signedData] = [oid('2a864886f70d010701'), oid('2a864886f70d010702')];

interface Shape {
  type?: Uint8Array;
  behind?: Uint8Array[];
  algorithm?: Uint8Array;
  encapsulated?: Uint8Array[];
  signers?: Uint8Array[];
  sid?: Uint8Array;
}

const named = sequence(sequence(), integer(9));

const signerOf = ({ algorithm = sequence(sha256), sid = named }: Shape): Uint8Array =>
  sequence(integer(1), sid, algorithm, sequence(sha256), octets(1, 2));

const write = (shape: Shape = {}): Uint8Array => {
  const { type = signedData, behind = [], algorithm = sequence(sha256), encapsulated = [data] } = shape;
  const { signers = [signerOf(shape)] } = shape;
  const content = sequence(integer(1), set(algorithm), sequence(...encapsulated), set(...signers));
  return sequence(type, tlv(0xa0, content), ...behind);
};

test('a signer is named by issuer and number, or by the key', () => {
  const byName = readSignedData(write()).signer;
  expect([byName.issuer, byName.serialNumber, byName.keyIdentifier]).toEqual([sequence(), integer(9), undefined]);
  const byKey = readSignedData(write({ sid: tlv(0x80, Uint8Array.of(7, 8)) })).signer;
  expect([byKey.issuer, byKey.serialNumber, byKey.keyIdentifier]).toEqual([undefined, undefined, Uint8Array.of(7, 8)]);
});

test('what is no SignedData has no certificates', () => {
  expect(readCertificatesOf(write())).toEqual([]);
  expect(() => readCertificatesOf(write({ type: data }))).toThrow('SignedData');
});

test('a digest is named alone, or with NULL', () => {
  const algorithm = sequence(sha256, nothing);
  expect(readSignedData(write({ algorithm })).signer.digestAlgorithm).toBe('2.16.840.1.101.3.4.2.1');
});

test.each<[string, Shape]>([
  ['something behind its content', { behind: [nothing] }],
  ['a digest with parameters', { algorithm: sequence(sha256, integer(0)) }],
  ['a digest with a NULL that is not empty', { algorithm: sequence(sha256, tlv(0x05, Uint8Array.of(0))) }],
  ['a digest with parameters of no length', { algorithm: sequence(sha256, sequence()) }],
  ['two contents', { encapsulated: [data, tlv(0xa0, octets(1)), tlv(0xa1, octets(1))] }],
  ['no signer', { signers: [] }],
  ['two signers', { signers: [signerOf({}), signerOf({})] }],
  ['a signer who has a version alone', { signers: [sequence(integer(1))] }],
])('a SignedData with %s is refused', (_, shape) => {
  expect(() => readSignedData(write(shape))).toThrow();
});

test('an attribute that is there twice has the values of both, and one with more than values is refused', () => {
  const attributes = (...each: Uint8Array[]) => readAttributes(set(...each));
  const twice = attributes(sequence(data, set(integer(1))), sequence(data, set(integer(2), integer(3))));
  expect([...twice]).toEqual([['1.2.840.113549.1.7.1', [integer(1), integer(2), integer(3)]]]);
  expect(() => attributes(sequence(data, set(integer(1)), integer(2)))).toThrow(RangeError);
  expect(readAttributes(undefined).size).toBe(0);
});
