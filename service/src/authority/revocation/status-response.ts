import type { Certificate } from '@tu-esign/verifier/certificates/certificate.ts';
import {
  bitString,
  enumerated,
  explicit,
  implicit,
  octetString,
  retag,
  sequence,
  wholeSeconds,
  type Der,
} from '#asn1/der.ts';
import { oid } from '#asn1/object-identifiers.ts';
import type { Signer } from '#asn1/signer.ts';
import { extension, keyIdentifier } from '#authority/extension.ts';
import { reasonCodes, type Revocation } from './revocations.ts';

/** What is said of one certificate. */
export interface CertificateStatus {
  /** CertID, as it was asked; DER. */
  asked: Uint8Array;
  status: 'good' | 'unknown' | Revocation;
  /** Since when all that was revoked is known; undefined of who is not ours. */
  knownSince: Date | undefined;
}

export interface StatusResponseOptions {
  /** Who says it: the issuer has certified that they may. */
  responder: { certificate: Certificate; signer: Signer };
  statuses: readonly CertificateStatus[];
  /** The value of the request's extension. */
  nonce: Uint8Array | undefined;
  /** When it was so. */
  thisUpdate: Date;
  /** Until when nobody needs to ask again. */
  nextUpdate: Date;
}

/** Why there is no answer (RFC 6960, 4.2.1): such a response is not signed. */
export const refusals = { malformed: 1, internal: 2, unauthorized: 6 } as const;
export const createRefusal = (reason: keyof typeof refusals): Der => sequence(enumerated(refusals[reason]));

/** CertStatus (RFC 6960, 4.2.1). */
const statusOf = (status: CertificateStatus['status']): Der => {
  if (status === 'good') return implicit(0, Buffer.alloc(0));
  if (status === 'unknown') return implicit(2, Buffer.alloc(0));
  const code = reasonCodes[status.reason];
  const reason = code === 0 ? [] : [explicit(0, enumerated(code))];
  return retag(0xa1, sequence(wholeSeconds(new Date(status.revokedAt)), ...reason));
};

const single = ({ asked, status, knownSince }: CertificateStatus, { thisUpdate, nextUpdate }: StatusResponseOptions) =>
  sequence(
    asked,
    statusOf(status),
    wholeSeconds(thisUpdate),
    explicit(0, wholeSeconds(nextUpdate)),
    // Nobody is forgotten when the certificate has ended (4.4.4).
    ...(knownSince ? [explicit(1, sequence(extension(oid.archiveCutoff, wholeSeconds(knownSince))))] : []),
  );

/** A DER OCSPResponse by a responder that is named by its key (RFC 6960, 4.2.1). */
export const createStatusResponse = async (options: StatusResponseOptions): Promise<Der> => {
  const { responder, statuses, nonce, thisUpdate } = options;
  const { certificate, signer } = responder;
  const { identifier: algorithm } = signer.algorithm;
  const toBeSigned = sequence(
    explicit(2, octetString(keyIdentifier(certificate.publicKey))),
    wholeSeconds(thisUpdate),
    sequence(...statuses.map((status) => single(status, options))),
    ...(nonce ? [explicit(1, sequence(extension(oid.statusNonce, Buffer.from(nonce))))] : []),
  );
  const signature = bitString(await signer.sign(toBeSigned));
  const basic = sequence(toBeSigned, algorithm, signature, explicit(0, sequence(certificate.der)));
  const bytes = sequence(oid.basicStatusResponse, octetString(basic));
  return sequence(enumerated(0), explicit(0, bytes));
};
