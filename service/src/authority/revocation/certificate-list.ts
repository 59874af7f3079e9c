import type { Certificate } from '@tu-esign/verifier/certificates/certificate.ts';
import {
  bitString,
  enumerated,
  explicit,
  implicit,
  integer,
  sequence,
  validityTime,
  wholeSeconds,
  type Der,
} from '#asn1/der.ts';
import { oid } from '#asn1/object-identifiers.ts';
import type { Signer } from '#asn1/signer.ts';
import { extension, keyIdentifier } from '#authority/extension.ts';
import { reasonCodes, type Revocation } from './revocations.ts';

export interface CertificateListOptions {
  issuer: Certificate;
  /** The issuer's key. */
  signer: Signer;
  revoked: readonly Revocation[];
  thisUpdate: Date;
  /** When the next one is there at the latest. */
  nextUpdate: Date;
}

/** An entry; a reason that says nothing is left out (RFC 5280, 5.3.1). */
const entry = ({ serialNumber, revokedAt, reason }: Revocation): Der => {
  const code = reasonCodes[reason];
  const extensions = code === 0 ? [] : [sequence(extension(oid.reasonCode, enumerated(code)))];
  const number = Buffer.from(serialNumber.padStart(serialNumber.length + (serialNumber.length % 2), '0'), 'hex');
  return sequence(integer(number), validityTime(new Date(revokedAt)), ...extensions);
};

/** Grows with time, and is the same for all instances that make the list of one time (RFC 5280, 5.2.3). */
const listNumber = (thisUpdate: Date): Der => integer(thisUpdate.getTime());

/** A complete certificate revocation list, version 2 (RFC 5280, 5). */
export const createCertificateList = async (options: CertificateListOptions): Promise<Der> => {
  const { issuer, signer, revoked, thisUpdate, nextUpdate } = options;
  const { identifier: algorithm } = signer.algorithm;
  const toBeSigned = sequence(
    integer(1),
    algorithm,
    issuer.subject,
    validityTime(thisUpdate),
    validityTime(nextUpdate),
    // An empty list of entries is left out (5.1.2.6).
    ...(revoked.length ? [sequence(...revoked.map(entry))] : []),
    explicit(
      0,
      sequence(
        extension(oid.authorityKeyIdentifier, sequence(implicit(0, keyIdentifier(issuer.publicKey)))),
        extension(oid.crlNumber, listNumber(thisUpdate)),
        // Nobody was taken off it since its issuer began.
        extension(oid.expiredCertificatesOnList, wholeSeconds(issuer.notBefore)),
      ),
    ),
  );
  return sequence(toBeSigned, algorithm, bitString(await signer.sign(toBeSigned)));
};
