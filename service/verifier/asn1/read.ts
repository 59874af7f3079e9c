/** One element of a DER encoding: where it starts, where its contents lie. Offsets in bytes. */
export interface Element {
  tag: number;
  start: number;
  contents: number;
  end: number;
}

/** Lengths of more octets than these are of no file that could be held. */
const mostLengthOctets = 4;
/** Nothing that is read member by member has more: what has is made to take memory. */
const mostMembers = 10_000;

const octet = (der: Uint8Array, index: number): number => {
  const value = der[index];
  if (value === undefined) throw new RangeError('The encoding ends too early');
  return value;
};

/** How many octets say the length, beside the first. @throws RangeError for BER's indefinite lengths, and too many */
const lengthOctets = (first: number): number => {
  if (first < 0x80) return 0;
  const many = first & 0x7f;
  if (many === 0 || many > mostLengthOctets) throw new RangeError('The length is none of DER');
  return many;
};

/**
 * Reads the element at `start`. Tags of more than one octet are not known here; nothing that we read has them.
 * @throws RangeError where the bytes end too early
 */
export const readElement = (der: Uint8Array, start = 0): Element => {
  const first = octet(der, start + 1);
  const many = lengthOctets(first);
  let size = many ? 0 : first;
  for (let index = 0; index < many; index += 1) size = size * 256 + octet(der, start + 2 + index);
  const contents = start + 2 + many;
  if (contents + size > der.length) throw new RangeError('The encoding ends too early');
  return { tag: octet(der, start), start, contents, end: contents + size };
};

/** The elements inside a constructed one. @throws RangeError where they do not end where it does, or are too many */
export const readMembers = (der: Uint8Array, { contents, end }: Element): Element[] => {
  const members: Element[] = [];
  for (let at = contents; at < end; at = members.at(-1)!.end) {
    if (members.length === mostMembers) throw new RangeError('There are too many elements');
    members.push(readElement(der, at));
  }
  if (members.some((member) => member.end > end)) throw new RangeError('An element is longer than what it is in');
  return members;
};

/** The members of one element, as their bytes. */
export const split = (der: Uint8Array): Uint8Array[] =>
  readMembers(der, readElement(der)).map(({ start, end }) => der.subarray(start, end));

/** The contents of one element. */
export const contentsOf = (der: Uint8Array): Uint8Array => {
  const { contents, end } = readElement(der);
  return der.subarray(contents, end);
};

/** 0, which is no element's, where there is none. */
export const tagOf = (der: Uint8Array | undefined): number => der?.[0] ?? 0;

/** What has these tags here (X.680, 8.6). */
export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** A constructed element that has a number in place of a type. */
export const contextual = (number: number): number => 0xa0 | number;

/** The element as it is. @throws RangeError where it is another, or there is none */
export const expectTag = (tag: number, der: Uint8Array | undefined): Uint8Array => {
  if (!der || tagOf(der) !== tag) throw new RangeError('The encoding has another type in this place');
  return der;
};

/** The members of a SEQUENCE that is all there is. @throws RangeError where it is something else */
export const splitWhole = (der: Uint8Array): Uint8Array[] => {
  if (readElement(expectTag(tags.sequence, der)).end !== der.length) throw new RangeError('Something follows its end');
  return split(der);
};

/** INTEGER of a few octets that is not negative; -1 where it is another. */
export const readSmallInteger = (der: Uint8Array | undefined): number => {
  const octets = contentsOf(expectTag(tags.integer, der));
  if (octets.length === 0 || octets.length > 4 || octets[0]! > 0x7f) return -1;
  return octets.reduce((number, octet) => number * 256 + octet, 0);
};
