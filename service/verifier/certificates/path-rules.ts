import { equalBytes } from '#bytes.ts';
import { isValidAt, type Certificate } from './certificate.ts';
import {
  hasReadableExtensions,
  mayCertify,
  readAuthorityKey,
  readBasicConstraints,
  readSubjectKey,
  requiresPolicy,
  unknownCritical,
} from './extensions.ts';
import { nameConstraintsAllow } from './name-constraints.ts';
import { isSelfIssued, sameName } from './names.ts';
import { certifiesFor, type Purpose } from './purposes.ts';

/** Why a way from a certificate to a root does not hold, in words for people. */
export type PathFault =
  | 'a certificate was not valid then'
  | 'a certificate has a critical extension that is not known here'
  | 'a certificate’s times are not written as they should be'
  | 'a certificate’s extensions are not as they should be'
  | 'an issuer is no authority'
  | 'an authority has more authorities below it than it allows'
  | 'an authority does not certify for this purpose'
  | 'an authority’s name constraints do not allow it'
  | 'an authority demands a policy, and policies are not looked at here';

export interface PathTrust {
  at: Date;
  purpose: Purpose;
}

/** What every certificate of a way must be, the root too (RFC 5280, 6.1.3 and 6.1.4). */
export const faultOfOne = (certificate: Certificate, at: Date): PathFault | undefined => {
  if (!isValidAt(certificate, at)) return 'a certificate was not valid then';
  if (!certificate.hasPlainTimes) return 'a certificate’s times are not written as they should be';
  if (!hasReadableExtensions(certificate)) return 'a certificate’s extensions are not as they should be';
  if (unknownCritical(certificate).length) return 'a certificate has a critical extension that is not known here';
  return requiresPolicy(certificate) ? 'an authority demands a policy, and policies are not looked at here' : undefined;
};

/** A root of before version 3 says nothing of what it may; that it is believed says enough. */
const isAuthority = (issuer: Certificate, isRoot: boolean): boolean =>
  mayCertify(issuer) || (isRoot && issuer.version < 3);

/** How many authorities may follow below, of those that another one has issued (RFC 5280, 4.2.1.9). */
const allowsLength = (issuer: Certificate, below: readonly Certificate[]): boolean => {
  const { pathLength } = readBasicConstraints(issuer) ?? {};
  const authorities = below.slice(1).filter((certificate) => !isSelfIssued(certificate));
  return pathLength === undefined || authorities.length <= pathLength;
};

/**
 * What does not hold of an issuer above the certificates that lead up to it.
 * @param below from the signer's up
 */
export const faultOfIssuer = (
  issuer: Certificate,
  { below, isRoot }: { below: readonly Certificate[]; isRoot: boolean },
  { at, purpose }: PathTrust,
): PathFault | undefined => {
  const own = faultOfOne(issuer, at);
  if (own) return own;
  if (!isAuthority(issuer, isRoot)) return 'an issuer is no authority';
  if (!allowsLength(issuer, below)) return 'an authority has more authorities below it than it allows';
  if (!certifiesFor(issuer, purpose)) return 'an authority does not certify for this purpose';
  return nameConstraintsAllow(issuer, below) ? undefined : 'an authority’s name constraints do not allow it';
};

/** Whether what a certificate says of its issuer's key is so, as far as both say it (RFC 5280, 4.2.1.1). */
const agreesOnKey = (certificate: Certificate, issuer: Certificate): boolean => {
  const { keyIdentifier, issuerNames, serialNumber } = readAuthorityKey(certificate) ?? {};
  const own = readSubjectKey(issuer);
  if (keyIdentifier && own && !equalBytes(keyIdentifier, own)) return false;
  if (serialNumber && !equalBytes(serialNumber, issuer.serialNumber)) return false;
  const [issuerName] = issuerNames ?? [];
  return !issuerName || sameName(issuerName, issuer.issuer);
};

/** Whether a certificate says that this is its issuer. Never throws. */
export const namesAsIssuer = (certificate: Certificate, issuer: Certificate): boolean => {
  try {
    return sameName(certificate.issuer, issuer.subject) && agreesOnKey(certificate, issuer);
  } catch {
    return false;
  }
};
