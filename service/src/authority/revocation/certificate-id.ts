import { hash } from 'node:crypto';
import { contentsOf } from '@tu-esign/verifier/asn1/read.ts';
import type { Certificate } from '@tu-esign/verifier/certificates/certificate.ts';
import { readKeyBits } from '@tu-esign/verifier/certificates/public-key.ts';
import { integer, nothing, octetString, sequence } from '#asn1/der.ts';
import { oid } from '#asn1/object-identifiers.ts';
import { toSerialNumber } from './revocations.ts';
import type { AskedCertificate } from './status-request.ts';

/** As a client would ask of it, by SHA-256 (CertID; RFC 6960, 4.1.1). */
export const askOf = (certificate: Pick<Certificate, 'serialNumber'>, issuer: Certificate): AskedCertificate => {
  const issuerName = hash('sha256', issuer.subject, 'buffer');
  const issuerKey = hash('sha256', readKeyBits(issuer.publicKey), 'buffer');
  const number = contentsOf(certificate.serialNumber);
  const algorithm = sequence(oid.sha256, nothing);
  return {
    der: sequence(algorithm, octetString(issuerName), octetString(issuerKey), integer(number)),
    digestAlgorithm: '2.16.840.1.101.3.4.2.1',
    issuerName,
    issuerKey,
    serialNumber: toSerialNumber(number),
  };
};
