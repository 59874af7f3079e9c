import { equalBytes, toLatin1 } from '#bytes.ts';
import { readObjectIdentifier } from '#asn1/object-identifiers.ts';
import { contentsOf, expectTag, split, tagOf, tags } from '#asn1/read.ts';

/** X.520's attributes from 2.5.4.3 on, by the names that OpenSSL writes. */
const x520 = `CN SN serialNumber C L ST street O OU title description searchGuide businessCategory postalAddress
  postalCode postOfficeBox physicalDeliveryOfficeName telephoneNumber`.split(/\s+/);

/** What is in names of certificates; others are told by their numbers. */
const types = new Map([
  ...x520.map((name, index): [string, string] => [`2.5.4.${index + 3}`, name]),
  ['2.5.4.41', 'name'],
  ['2.5.4.42', 'GN'],
  ['2.5.4.43', 'initials'],
  ['2.5.4.44', 'generationQualifier'],
  ['2.5.4.45', 'x500UniqueIdentifier'],
  ['2.5.4.46', 'dnQualifier'],
  ['2.5.4.65', 'pseudonym'],
  ['2.5.4.97', 'organizationIdentifier'],
  ['1.2.840.113549.1.9.1', 'emailAddress'],
  ['1.2.840.113549.1.9.2', 'unstructuredName'],
  ['1.2.840.113549.1.9.8', 'unstructuredAddress'],
  ['0.9.2342.19200300.100.1.1', 'UID'],
  ['0.9.2342.19200300.100.1.3', 'mail'],
  ['0.9.2342.19200300.100.1.25', 'DC'],
  ['1.3.6.1.4.1.311.60.2.1.1', 'jurisdictionL'],
  ['1.3.6.1.4.1.311.60.2.1.2', 'jurisdictionST'],
  ['1.3.6.1.4.1.311.60.2.1.3', 'jurisdictionC'],
]);

const universalString = 0x1c;
const bmpString = 0x1e;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Characters of as many octets each. */
const readWide = (octets: Uint8Array, size: number): string => {
  if (octets.length % size) throw new RangeError('A character is cut off');
  const codes = Array.from({ length: octets.length / size }, (_, at) =>
    octets.subarray(at * size, (at + 1) * size).reduce((code, octet) => code * 256 + octet, 0),
  );
  return String.fromCodePoint(...codes);
};

/** What a string says, by its type; older types have one octet a character. */
const readString = (der: Uint8Array): string => {
  const octets = contentsOf(der);
  switch (tagOf(der)) {
    case tags.utf8String:
      return utf8.decode(octets);
    case bmpString:
      return readWide(octets, 2);
    case universalString:
      return readWide(octets, 4);
    default:
      return toLatin1(octets);
  }
};

/** A control character as two hexadecimal digits; those of latin1's upper half stay. */
const toDigits = (control: string): string =>
  control < '\x80' ? `\\${control.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}` : control;

/** What has a meaning in a line, and what none should have in it, as RFC 4514, 2.4 and OpenSSL (a lone #) write them. */
const escape = (value: string): string =>
  value.replaceAll(/^#(?!$)|^ |[,+"\\<>;]| $/g, String.raw`\$&`).replaceAll(/\p{Cc}/gu, toDigits);

const toAttributes = (relative: Uint8Array, write: (text: string) => string): string[] =>
  split(expectTag(tags.set, relative)).map((attribute) => {
    const [type, value] = split(expectTag(tags.sequence, attribute));
    const identifier = readObjectIdentifier(type);
    return `${types.get(identifier) ?? identifier}=${value ? escape(write(readString(value))) : ''}`;
  });

const toLine = (relative: Uint8Array): string => toAttributes(relative, (text) => text).join(' + ');

/**
 * A DER Name as text, a line each relative name: `CN=…`.
 * @throws Error where it cannot be read
 */
export const nameToText = (name: Uint8Array): string => split(name).map(toLine).join('\n');

/**
 * Each relative name as they are compared (RFC 5280, 7.1): whatever the letters' case, and however much white space there
 * is. @throws Error where it cannot be read
 */
export const toComparable = (name: Uint8Array): string[] =>
  split(name).map((relative) => toAttributes(relative, fold).sort().join(' + '));

/** What a name has of one type, in its order. @throws Error where it cannot be read */
export const valuesOf = (name: Uint8Array, type: string): string[] =>
  split(name)
    .flatMap((relative) => split(relative))
    .map((attribute) => split(attribute))
    .filter(([own]) => readObjectIdentifier(own) === type)
    .map(([, value]) => readString(value!));

/** Letters and white space of ASCII alone, as openssl does it. */
const fold = (text: string): string =>
  text
    .replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())
    .replaceAll(/[\t-\r ]+/g, ' ')
    .replaceAll(/^ | $/g, '');

/** Whether two names say the same, in whatever types of strings. Names that cannot be read are the same by their bytes alone. */
export const sameName = (one: Uint8Array, other: Uint8Array): boolean => {
  if (equalBytes(one, other)) return true;
  try {
    return toComparable(one).join('\n') === toComparable(other).join('\n');
  } catch {
    return false;
  }
};

/** Whether somebody certifies themselves, as authorities do that renew their keys (RFC 5280, 3.2). */
export const isSelfIssued = ({ subject, issuer }: { subject: Uint8Array; issuer: Uint8Array }): boolean =>
  sameName(subject, issuer);
