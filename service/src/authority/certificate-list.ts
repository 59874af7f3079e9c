import type { Certificate } from '@tu-esign/verifier/certificates/certificate.ts';
import { bitString, enumerated, explicit, implicit, integer, sequence, validityTime, type Der } from '#asn1/der.ts';
import { oid } from '#asn1/object-identifiers.ts';
import type { Signer } from '#asn1/signer.ts';
import { extension, keyIdentifier } from './create-certificate.ts';

/** Why a certificate was revoked (RFC 5280, 5.3.1). */
export const revocationReasons = {
  unspecified: 0,
  'key-compromise': 1,
  'affiliation-changed': 3,
  superseded: 4,
  'cessation-of-operation': 5,
} as const;
export type RevocationReason = keyof typeof revocationReasons;

/** A certificate that is not to be believed from a time on. */
export interface RevokedCertificate {
  /** Unsigned big-endian number. */
  serialNumber: Uint8Array;
  revokedAt: Date;
  reason: RevocationReason;
}

export interface CertificateListOptions {
  issuer: Certificate;
  /** The issuer's key. */
  signer: Signer;
  revoked: readonly RevokedCertificate[];
  thisUpdate: Date;
  /** When the next one is there at the latest. */
  nextUpdate: Date;
}

/** An entry; a reason that says nothing is left out (RFC 5280, 5.3.1). */
const entry = ({ serialNumber, revokedAt, reason }: RevokedCertificate): Der => {
  const code = revocationReasons[reason];
  const extensions = code === 0 ? [] : [sequence(extension(oid.reasonCode, enumerated(code)))];
  return sequence(integer(serialNumber), validityTime(revokedAt), ...extensions);
};

/** Grows with time, and is the same for all instances that make the list of one time (RFC 5280, 5.2.3). */
const listNumber = (thisUpdate: Date): Der => integer(Math.floor(thisUpdate.getTime() / 1000));

/** A complete certificate revocation list, version 2, signed with ECDSA and SHA-256 (RFC 5280, 5). */
export const createCertificateList = async (options: CertificateListOptions): Promise<Der> => {
  const { issuer, signer, revoked, thisUpdate, nextUpdate } = options;
  const algorithm = sequence(oid.ecdsaWithSha256);
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
      ),
    ),
  );
  return sequence(toBeSigned, algorithm, bitString(await signer.sign(toBeSigned)));
};
