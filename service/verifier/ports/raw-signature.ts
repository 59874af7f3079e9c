import { contentsOf, expectTag, splitWhole, tags } from '#asn1/read.ts';

const refuse = (): never => {
  throw new RangeError('It is no Ecdsa-Sig-Value of this curve');
};

/** The octets of a positive INTEGER, without the zero that makes it positive. */
const readPositive = (der: Uint8Array): Uint8Array => {
  const octets = contentsOf(expectTag(tags.integer, der));
  const [first = 0x80, second = 0x80] = octets;
  // Written in one way only (X.690, 8.3.2), its length too: others are another signature's bytes.
  if (first >= 0x80 || (first === 0 && second < 0x80) || der[1] !== octets.length) refuse();
  return first === 0 ? octets.subarray(1) : octets;
};

/**
 * The two integers of a DER Ecdsa-Sig-Value (RFC 3279, 2.2.3) side by side, each as long as the curve's order: WebCrypto
 * takes them so (IEEE P1363).
 * @throws RangeError where it is something else
 */
export const toRawSignature = (der: Uint8Array, octets: number): Uint8Array => {
  const members = splitWhole(der);
  const headerOctets = der.length > 0x81 ? 3 : 2;
  const numbers = members.map(readPositive);
  if (members.length !== 2 || numbers.some(({ length }) => length > octets)) refuse();
  if (headerOctets + members[0]!.length + members[1]!.length !== der.length) refuse();
  const raw = new Uint8Array(2 * octets);
  for (const [index, number] of numbers.entries()) raw.set(number, (index + 1) * octets - number.length);
  return raw;
};
