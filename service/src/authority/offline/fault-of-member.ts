import { X509Certificate } from 'node:crypto';
import type { Certificate } from '@tu-esign/verifier/certificates/certificate.ts';
import { mayCertify, readBasicConstraints, readKeyUsage } from '@tu-esign/verifier/certificates/extensions.ts';
import { faultOfIssuer, faultOfOne } from '@tu-esign/verifier/certificates/path-rules.ts';
import { mayStampTimes } from '@tu-esign/verifier/certificates/purposes.ts';
import { weaknessesOf } from '@tu-esign/verifier/certificates/weaknesses.ts';
import { findEntry, readCertificateList } from '@tu-esign/verifier/long-term/certificate-list.ts';
import { readPem } from '#asn1/pem.ts';
import type { Replaceable } from '#authority/create-authority.ts';
import { listLabel } from './root-list.ts';

interface Above {
  root: Certificate;
  /** PEM of what the root has revoked. */
  list: string;
  now: Date;
}

const isBy = (certificate: Certificate, root: Certificate): boolean => {
  const [one, issuer] = [new X509Certificate(certificate.der), new X509Certificate(root.der)];
  return one.checkIssued(issuer) && one.verify(issuer.publicKey);
};

/** Whether an entry names it. */
export const isRevoked = (certificate: Certificate, list: string): boolean =>
  readPem(list, listLabel).some((der) => findEntry(readCertificateList(der), certificate.serialNumber) !== undefined);

/** Of what certifies signatories, and signs lists of what it has revoked. */
const faultOfIssuing = (issuing: Certificate): string | undefined => {
  if (!mayCertify(issuing)) return 'it may not certify others';
  if (!(readKeyUsage(issuing)?.includes('cRLSign') ?? true)) return 'it may not sign lists of what it has revoked';
  return undefined;
};

/** One below it, and those whom that one certifies. */
const wayOf = (which: Replaceable, certificate: Certificate): Certificate[] =>
  which === 'issuing' ? [certificate, certificate] : [certificate];

const faultOfRoot = (which: Replaceable, certificate: Certificate, { root, now }: Above): string | undefined => {
  const { pathLength } = readBasicConstraints(root) ?? {};
  if (which === 'issuing' && pathLength === 0) return 'the root allows no authority below it (pathlen 0)';
  const purpose = which === 'issuing' ? 'signing' : 'time-stamping';
  const fault = faultOfIssuer(root, { below: wayOf(which, certificate), isRoot: true }, { at: now, purpose });
  return fault && `of the root, ${fault}`;
};

/** Why what a root has certified cannot do its work for a service now; undefined where it can. */
export const faultOfMember = (which: Replaceable, certificate: Certificate, above: Above): string | undefined => {
  const { root, list, now } = above;
  if (!isBy(certificate, root)) return 'it is not by the root that came with it';
  if (certificate.notAfter < now) return `it ended at ${certificate.notAfter.toISOString()}`;
  if (certificate.notBefore > now) return `it begins at ${certificate.notBefore.toISOString()} only`;
  if (isRevoked(certificate, list)) return 'the root has revoked it';
  const [weakness] = weaknessesOf([certificate, root]);
  if (weakness) return `it is too weak (${weakness})`;
  const own = which === 'issuing' ? faultOfIssuing(certificate) : faultOfStamping(certificate);
  return faultOfOne(certificate, now) ?? own ?? faultOfRoot(which, certificate, above);
};

const faultOfStamping = (certificate: Certificate): string | undefined =>
  mayStampTimes(certificate) === true ? undefined : 'it is not for time-stamps alone, or does not say so as critical';
