import { oid, readObjectIdentifier } from '#asn1/object-identifiers.ts';
import {
  contentsOf,
  contextual,
  expectTag,
  readElement,
  readSmallInteger,
  split,
  splitWhole,
  tagOf,
  tags,
} from '#asn1/read.ts';
import type { Certificate } from './certificate.ts';

/**
 * What is heeded. Of policies only that one may be demanded: where none is, neither mappings nor what forbids anyPolicy
 * make a chain fail (RFC 5280, 6.1.5). subjectAltName and the key identifiers restrict nothing.
 */
const known = new Set<string>([
  oid.basicConstraints,
  oid.keyUsage,
  oid.extendedKeyUsage,
  oid.certificatePolicies,
  oid.subjectAltName,
  oid.subjectKeyIdentifier,
  oid.authorityKeyIdentifier,
  oid.nameConstraints,
  oid.policyMappings,
  oid.policyConstraints,
  oid.inhibitAnyPolicy,
]);

/** DER value of an extension. @throws RangeError where it is there twice (RFC 5280, 4.2) */
export const findExtension = ({ extensions }: Certificate, type: string): Uint8Array | undefined => {
  const [extension, ...others] = extensions.filter((candidate) => candidate.type === type);
  if (others.length) throw new RangeError('An extension is there twice');
  return extension?.value;
};

/** Whether it is of an authority, and how many authorities may follow below it (RFC 5280, 4.2.1.9). */
export interface BasicConstraints {
  ca: boolean;
  pathLength?: number;
}

/** @throws RangeError where they cannot be read */
export const readBasicConstraints = (certificate: Certificate): BasicConstraints | undefined => {
  const value = findExtension(certificate, oid.basicConstraints);
  if (!value) return undefined;
  const members = splitWhole(value);
  const says = tagOf(members[0]) === tags.boolean;
  const ca = says && contentsOf(members[0]!)[0] !== 0;
  const [length, ...others] = says ? members.slice(1) : members;
  if (others.length) throw new RangeError('The constraints are not as they should be');
  return { ca, ...(length && { pathLength: readSmallInteger(length) }) };
};

/** By the number of the bit (RFC 5280, 4.2.1.3). */
const keyUsages = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;
export type KeyUsage = (typeof keyUsages)[number];

/** @throws RangeError where it cannot be read */
export const readKeyUsage = (certificate: Certificate): KeyUsage[] | undefined => {
  const value = findExtension(certificate, oid.keyUsage);
  if (!value) return undefined;
  const [unused, ...bits] = contentsOf(expectTag(tags.bitString, value));
  // Bits that are not used must be zero (X.690, 11.2.1): others do not see them.
  if (unused === undefined || unused > 7 || (bits.at(-1) ?? 0) & ((1 << unused) - 1))
    throw new RangeError('The use of the key cannot be read');
  return keyUsages.filter((_, bit) => ((bits[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0);
};

/** Dotted purposes (RFC 5280, 4.2.1.12). @throws RangeError where they cannot be read */
export const readExtendedKeyUsage = (certificate: Certificate): string[] | undefined => {
  const value = findExtension(certificate, oid.extendedKeyUsage);
  return value && splitWhole(value).map(readObjectIdentifier);
};

/** Dotted policies (RFC 5280, 4.2.1.4). @throws RangeError where they cannot be read */
export const readPolicies = (certificate: Certificate): string[] | undefined => {
  const value = findExtension(certificate, oid.certificatePolicies);
  return value && splitWhole(value).map((policy) => readObjectIdentifier(split(policy)[0]));
};

/** Whether an extension is there, and critical. */
export const isCritical = ({ extensions }: Certificate, type: string): boolean =>
  extensions.some((extension) => extension.type === type && extension.critical);

/** Octets that tell the certificate's own key from others of the same name (RFC 5280, 4.2.1.2). @throws RangeError */
export const readSubjectKey = (certificate: Certificate): Uint8Array | undefined => {
  const value = findExtension(certificate, oid.subjectKeyIdentifier);
  return value && contentsOf(expectTag(tags.octetString, value));
};

/** What a certificate says of the key that signed it (RFC 5280, 4.2.1.1). */
export interface AuthorityKey {
  keyIdentifier: Uint8Array | undefined;
  /** DER Names of who issued the issuer's certificate. */
  issuerNames: Uint8Array[] | undefined;
  /** INTEGER of the issuer's certificate. */
  serialNumber: Uint8Array | undefined;
}

const implicit = (number: number): number => 0x80 | number;
const directoryName = contextual(4);

/** @throws RangeError where it cannot be read */
export const readAuthorityKey = (certificate: Certificate): AuthorityKey | undefined => {
  const value = findExtension(certificate, oid.authorityKeyIdentifier);
  if (!value) return undefined;
  const members = splitWhole(value);
  const find = (tag: number): Uint8Array | undefined => members.find((member) => tagOf(member) === tag);
  const [key, names, serial] = [find(implicit(0)), find(contextual(1)), find(implicit(2))];
  return {
    keyIdentifier: key && contentsOf(key),
    issuerNames: names && split(names).flatMap((name) => (tagOf(name) === directoryName ? split(name) : [])),
    serialNumber: serial && Uint8Array.of(tags.integer, ...serial.subarray(1)),
  };
};

/** Whether chains below it need a policy that somebody accepts (RFC 5280, 4.2.1.11). @throws RangeError */
export const requiresPolicy = (certificate: Certificate): boolean => {
  const value = findExtension(certificate, oid.policyConstraints);
  return value !== undefined && splitWhole(value).some((member) => tagOf(member) === implicit(0));
};

/** Dotted types of critical extensions that nothing here heeds: whoever meets one must refuse (RFC 5280, 4.2). */
export const unknownCritical = ({ extensions }: Certificate): string[] =>
  extensions.filter(({ type, critical }) => critical && !known.has(type)).map(({ type }) => type);

/** One whole element, and nothing behind it. */
const isWhole = (der: Uint8Array): boolean => readElement(der).end === der.length;

/** Whether those that are heeded can be read, and none is there twice (RFC 5280, 4.2). Never throws. */
export const hasReadableExtensions = (certificate: Certificate): boolean => {
  const { extensions, version } = certificate;
  if (new Set(extensions.map(({ type }) => type)).size < extensions.length) return false;
  if (extensions.length && version !== 3) return false;
  try {
    for (const read of [readBasicConstraints, readKeyUsage, readExtendedKeyUsage, readPolicies, requiresPolicy])
      read(certificate);
    readSubjectKey(certificate);
    readAuthorityKey(certificate);
    return extensions.every(({ type, value }) => !known.has(type) || isWhole(value));
  } catch {
    return false;
  }
};

/** Whether it says that it may certify others: an authority, whose key's use, where it is told, is that. Never throws. */
export const mayCertify = (certificate: Certificate): boolean => {
  try {
    const usage = readKeyUsage(certificate);
    const constraints = readBasicConstraints(certificate);
    return constraints?.ca === true && constraints.pathLength !== -1 && (usage?.includes('keyCertSign') ?? true);
  } catch {
    return false;
  }
};
