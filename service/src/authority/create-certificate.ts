import { randomBytes, type KeyObject } from 'node:crypto';
import { readCertificate, type Certificate } from '@tu-esign/verifier/certificates/certificate.ts';
import {
  bitString,
  explicit,
  integer,
  octetString,
  implicit,
  objectIdentifier,
  sequence,
  validityTime,
  type Der,
} from '#asn1/der.ts';
import { oid } from '#asn1/object-identifiers.ts';
import type { Signer } from '#asn1/signer.ts';
import { addressExtensions, type PublishedAt } from './addresses.ts';
import { extension, keyIdentifier } from './extension.ts';

export interface CertificateOptions {
  /** DER Name. */
  subject: Der;
  publicKey: KeyObject;
  notBefore: Date;
  notAfter: Date;
  /** What the certificate is for, besides the key identifiers that all have. */
  extensions: Der[];
  /** Where the service is reached that tells which certificates of the issuer are revoked; undefined where nowhere. */
  publishedAt?: PublishedAt | undefined;
  /** Left out for a root, which names itself. */
  issuer?: Certificate;
  /** The issuer's key. */
  signer: Signer;
}

const keyIdentifiers = (own: Buffer, issuer: Buffer): Der[] => [
  extension(oid.authorityKeyIdentifier, sequence(implicit(0, issuer))),
  extension(oid.subjectKeyIdentifier, octetString(own)),
];

// 128 random bits of which the first is 0 and the second 1: positive, and always of the same length.
const serialNumber = (): Der => {
  const bytes = randomBytes(16);
  bytes[0] = (bytes[0]! & 0x7f) | 0x40;
  return integer(bytes);
};

/** Creates an X.509 version 3 certificate (RFC 5280, 4.1). */
export const createCertificate = async (options: CertificateOptions): Promise<Certificate> => {
  const { subject, publicKey, notBefore, notAfter, issuer, signer, publishedAt } = options;
  const addresses = issuer && publishedAt !== undefined ? addressExtensions(publishedAt, issuer) : [];
  const key = publicKey.export({ format: 'der', type: 'spki' });
  const own = keyIdentifier(key);
  const { identifier: algorithm } = signer.algorithm;
  const toBeSigned = sequence(
    explicit(0, integer(2)),
    serialNumber(),
    algorithm,
    issuer?.subject ?? subject,
    sequence(validityTime(notBefore), validityTime(notAfter)),
    subject,
    key,
    explicit(
      3,
      sequence(
        ...keyIdentifiers(own, issuer ? keyIdentifier(issuer.publicKey) : own),
        ...options.extensions,
        ...addresses,
      ),
    ),
  );
  return readCertificate(sequence(toBeSigned, algorithm, bitString(await signer.sign(toBeSigned))));
};

/** `certificatePolicies` with one policy and no qualifier (RFC 5280, 4.2.1.4). */
export const certificatePolicy = (dotted: string): Der =>
  extension(oid.certificatePolicies, sequence(sequence(objectIdentifier(dotted))));
