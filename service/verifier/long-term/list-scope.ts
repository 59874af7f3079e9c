import { oid } from '#asn1/object-identifiers.ts';
import { contentsOf, splitWhole, tagOf } from '#asn1/read.ts';
import type { CertificateList } from './certificate-list.ts';

/**
 * What a list speaks of: all certificates of its issuer; a part of them, or what has changed, so that what is not in it may be
 * revoked; or nobody knows of what.
 */
export type ListScope = 'all' | 'part' | 'unknown';

const implicit = (number: number): number => 0x80 | number;
/** Of IssuingDistributionPoint: entries are of other issuers, or of what is no certificate of a key (RFC 5280, 5.2.5). */
const ofOthers = new Set<number>([implicit(4), implicit(5)]);

const isTrue = (flag: Uint8Array): boolean => contentsOf(flag)[0] !== 0;

const isOfOthers = (distribution: Uint8Array): boolean =>
  splitWhole(distribution).some((member) => ofOthers.has(tagOf(member)) && isTrue(member));

const parts = new Set<string>([oid.issuingDistributionPoint, oid.deltaListIndicator]);

/** By its extensions: a critical one that is not known makes it one of nobody knows what. @throws RangeError */
export const scopeOf = ({ extensions }: CertificateList): ListScope => {
  if (extensions.some(({ type, critical }) => critical && !parts.has(type))) return 'unknown';
  const limits = extensions.filter(({ type }) => parts.has(type));
  const of = limits.filter(({ type }) => type === oid.issuingDistributionPoint);
  if (of.some(({ value }) => isOfOthers(value))) return 'unknown';
  return limits.length ? 'part' : 'all';
};
