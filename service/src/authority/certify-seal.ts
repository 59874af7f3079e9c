import { X509Certificate, type KeyObject } from 'node:crypto';
import type { Certificate } from '@tu-esign/verifier/certificates/certificate.ts';
import { toPem } from '#asn1/pem.ts';
import type { Signer } from '#asn1/signer.ts';
import type { PublishedAt } from './addresses.ts';
import { createCertificate } from './create-certificate.ts';
import { authorityName } from './name.ts';
import { profiles } from './profiles.ts';

export interface SealCertification {
  issuer: Certificate;
  /** The issuer's key. */
  signer: Signer;
  organization: string;
  publishedAt: PublishedAt | undefined;
}

/**
 * Certifies the key that seals evidence, for as long as its issuer: seals may be older than their
 * certificate, where a release before certificates made them, and none is older than the authority.
 * @returns PEM: the certificate, then its issuer's
 */
export const certifySeal = async (publicKey: KeyObject, options: SealCertification): Promise<string> => {
  const { issuer, signer, organization, publishedAt } = options;
  const { validFromDate, validToDate } = new X509Certificate(issuer.der);
  const certificate = await createCertificate({
    subject: authorityName(organization, 'evidencia local, no acreditada'),
    publicKey,
    notBefore: validFromDate,
    notAfter: validToDate,
    extensions: profiles.evidence,
    issuer,
    signer,
    publishedAt,
  });
  return toPem(certificate.der) + toPem(issuer.der);
};
