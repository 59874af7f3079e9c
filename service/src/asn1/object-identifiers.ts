import { objectIdentifier } from './der.ts';

/** Object identifiers, encoded. */
export const oid = {
  // RFC 5758, RFC 5480
  ecdsaWithSha256: objectIdentifier('1.2.840.10045.4.3.2'),
  ecdsaWithSha384: objectIdentifier('1.2.840.10045.4.3.3'),
  // RFC 8017
  sha256WithRsa: objectIdentifier('1.2.840.113549.1.1.11'),
  // FIPS 180-4 in NIST's arc
  sha384: objectIdentifier('2.16.840.1.101.3.4.2.2'),
  sha256: objectIdentifier('2.16.840.1.101.3.4.2.1'),
  // RFC 5652
  data: objectIdentifier('1.2.840.113549.1.7.1'),
  signedData: objectIdentifier('1.2.840.113549.1.7.2'),
  contentType: objectIdentifier('1.2.840.113549.1.9.3'),
  messageDigest: objectIdentifier('1.2.840.113549.1.9.4'),
  // RFC 3161, RFC 5816, RFC 5035
  timeStampInfo: objectIdentifier('1.2.840.113549.1.9.16.1.4'),
  timeStampToken: objectIdentifier('1.2.840.113549.1.9.16.2.14'),
  signingCertificateV2: objectIdentifier('1.2.840.113549.1.9.16.2.47'),
  // X.520
  commonName: objectIdentifier('2.5.4.3'),
  surname: objectIdentifier('2.5.4.4'),
  serialNumber: objectIdentifier('2.5.4.5'),
  country: objectIdentifier('2.5.4.6'),
  organization: objectIdentifier('2.5.4.10'),
  givenName: objectIdentifier('2.5.4.42'),
  // PKCS #9
  extensionRequest: objectIdentifier('1.2.840.113549.1.9.14'),
  emailAddress: objectIdentifier('1.2.840.113549.1.9.1'),
  // RFC 5280, 4.2
  subjectKeyIdentifier: objectIdentifier('2.5.29.14'),
  keyUsage: objectIdentifier('2.5.29.15'),
  subjectAltName: objectIdentifier('2.5.29.17'),
  basicConstraints: objectIdentifier('2.5.29.19'),
  crlNumber: objectIdentifier('2.5.29.20'),
  reasonCode: objectIdentifier('2.5.29.21'),
  certificatePolicies: objectIdentifier('2.5.29.32'),
  authorityKeyIdentifier: objectIdentifier('2.5.29.35'),
  extendedKeyUsage: objectIdentifier('2.5.29.37'),
  timeStamping: objectIdentifier('1.3.6.1.5.5.7.3.8'),
  distributionPoints: objectIdentifier('2.5.29.31'),
  authorityInformation: objectIdentifier('1.3.6.1.5.5.7.1.1'),
  issuerCertificates: objectIdentifier('1.3.6.1.5.5.7.48.2'),
  // X.509 (2019), 9.5.2.8: entries stay when their certificates have ended
  expiredCertificatesOnList: objectIdentifier('2.5.29.60'),
  // RFC 6960
  certificateStatus: objectIdentifier('1.3.6.1.5.5.7.48.1'),
  basicStatusResponse: objectIdentifier('1.3.6.1.5.5.7.48.1.1'),
  statusNonce: objectIdentifier('1.3.6.1.5.5.7.48.1.2'),
  responderNotRevoked: objectIdentifier('1.3.6.1.5.5.7.48.1.5'),
  archiveCutoff: objectIdentifier('1.3.6.1.5.5.7.48.1.6'),
  statusSigning: objectIdentifier('1.3.6.1.5.5.7.3.9'),
  // RFC 9608: the certificate lives too shortly to be revoked
  noRevocationAvailable: objectIdentifier('2.5.29.56'),
} as const;
