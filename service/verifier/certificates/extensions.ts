import { oid, readObjectIdentifier } from '#asn1/object-identifiers.ts';
import { contentsOf, expectTag, readSmallInteger, split, splitWhole, tagOf, tags } from '#asn1/read.ts';
import type { Certificate } from './certificate.ts';

/** What is read here, besides subjectAltName and the key identifiers, which restrict nothing. */
const known = new Set<string>([
  oid.basicConstraints,
  oid.keyUsage,
  oid.extendedKeyUsage,
  oid.certificatePolicies,
  oid.subjectAltName,
  oid.subjectKeyIdentifier,
  oid.authorityKeyIdentifier,
]);

/** Value of an extension. @throws RangeError where it is there twice (RFC 5280, 4.2) */
const find = ({ extensions }: Certificate, type: string): Uint8Array | undefined => {
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
  const value = find(certificate, oid.basicConstraints);
  if (!value) return undefined;
  const members = splitWhole(value);
  const says = tagOf(members[0]) === tags.boolean;
  const ca = says && contentsOf(members[0]!)[0] !== 0;
  const [length] = says ? members.slice(1) : members;
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
  const value = find(certificate, oid.keyUsage);
  if (!value) return undefined;
  const bits = contentsOf(expectTag(tags.bitString, value)).subarray(1);
  return keyUsages.filter((_, bit) => ((bits[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0);
};

/** Dotted purposes (RFC 5280, 4.2.1.12). @throws RangeError where they cannot be read */
export const readExtendedKeyUsage = (certificate: Certificate): string[] | undefined => {
  const value = find(certificate, oid.extendedKeyUsage);
  return value && splitWhole(value).map(readObjectIdentifier);
};

/** Dotted policies (RFC 5280, 4.2.1.4). @throws RangeError where they cannot be read */
export const readPolicies = (certificate: Certificate): string[] | undefined => {
  const value = find(certificate, oid.certificatePolicies);
  return value && splitWhole(value).map((policy) => readObjectIdentifier(split(policy)[0]));
};

/** Dotted types of critical extensions that nothing here heeds: whoever meets one must refuse (RFC 5280, 4.2). */
export const unknownCritical = ({ extensions }: Certificate): string[] =>
  extensions.filter(({ type, critical }) => critical && !known.has(type)).map(({ type }) => type);

/** Whether it says that it may certify others: an authority, whose key's use, where it is told, is that. Never throws. */
export const mayCertify = (certificate: Certificate): boolean => {
  try {
    const usage = readKeyUsage(certificate);
    return readBasicConstraints(certificate)?.ca === true && (usage?.includes('keyCertSign') ?? true);
  } catch {
    return false;
  }
};
