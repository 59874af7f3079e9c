import { contentsOf, expectTag, tags } from './read.ts';

/** Longer ones are made to take time. */
const longest = 128;

/** Of more octets than these a number may be too large for what is exact. */
const safeOctets = 7;

const readNumber = (octets: Uint8Array): number | bigint =>
  octets.length <= safeOctets
    ? octets.reduce((number, octet) => number * 128 + (octet & 0x7f), 0)
    : octets.reduce((number, octet) => number * 128n + BigInt(octet & 0x7f), 0n);

/** Numbers of base 128, the last octet of each without the highest bit (X.690, 8.19.2). */
const readNumbers = (octets: Uint8Array): (number | bigint)[] => {
  const numbers: (number | bigint)[] = [];
  for (let [start, at] = [0, 0]; at < octets.length; at += 1) {
    if (octets[start] === 0x80) throw new RangeError('A number of an object identifier begins with a zero');
    if (octets[at]! >= 0x80) continue;
    numbers.push(readNumber(octets.subarray(start, at + 1)));
    start = at + 1;
  }
  if (!(octets.at(-1)! < 0x80)) throw new RangeError('An object identifier ends too early');
  return numbers;
};

/** The first two arcs are one number (X.690, 8.19.4). */
const splitFirst = (first: number | bigint): (number | bigint)[] => {
  if (first < 80) return [first < 40 ? 0 : 1, Number(first) % 40];
  return [2, typeof first === 'bigint' ? first - 80n : first - 80];
};

/** An OBJECT IDENTIFIER as dotted decimals of any size (X.690, 8.19). @throws RangeError where it is none */
export const readObjectIdentifier = (der: Uint8Array | undefined): string => {
  const octets = contentsOf(expectTag(tags.objectIdentifier, der));
  if (octets.length > longest) throw new RangeError('The object identifier is too long');
  const [first, ...rest] = readNumbers(octets);
  return [...splitFirst(first!), ...rest].join('.');
};

/** Those that are looked for by name. */
export const oid = {
  // RFC 5652
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  // RFC 3161, RFC 5035
  timeStampInfo: '1.2.840.113549.1.9.16.1.4',
  timeStampToken: '1.2.840.113549.1.9.16.2.14',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  // RFC 5280, 4.2
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  certificatePolicies: '2.5.29.32',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  nameConstraints: '2.5.29.30',
  policyMappings: '2.5.29.33',
  policyConstraints: '2.5.29.36',
  inhibitAnyPolicy: '2.5.29.54',
  // Of revocation lists (5.2, 5.3; X.509, 9.5.2.8)
  reasonCode: '2.5.29.21',
  invalidityDate: '2.5.29.24',
  deltaListIndicator: '2.5.29.27',
  issuingDistributionPoint: '2.5.29.28',
  expiredCertsOnList: '2.5.29.60',
  // RFC 9608
  noRevocationAvailable: '2.5.29.56',
  emailAddress: '1.2.840.113549.1.9.1',
  // RFC 5280, 4.2.1.12; RFC 9336
  anyPurpose: '2.5.29.37.0',
  emailProtection: '1.3.6.1.5.5.7.3.4',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  documentSigning: '1.3.6.1.5.5.7.3.36',
} as const;
