import { boolean, implicit, integer, namedBits, nothing, sequence, type Der } from '#asn1/der.ts';
import { oid } from '#asn1/object-identifiers.ts';
import { evidencePolicy, signatoryPolicy } from '@tu-esign/verifier/certificates/policies.ts';
import { certificatePolicy } from './create-certificate.ts';
import { extension } from './extension.ts';

const keyUsage = (...bits: number[]): Der => extension(oid.keyUsage, namedBits(...bits), true);

/** Bits of keyUsage (RFC 5280, 4.2.1.3). */
const bit = { digitalSignature: 0, nonRepudiation: 1, keyCertSign: 5, crlSign: 6 };

const certificationAuthority = (pathLength: number): Der[] => [
  extension(oid.basicConstraints, sequence(boolean(true), integer(pathLength)), true),
  keyUsage(bit.keyCertSign, bit.crlSign),
];

/** The extensions that say what each kind of certificate is for. */
export const profiles = {
  root: certificationAuthority(1),
  issuing: certificationAuthority(0),
  /** Extended key usage critical, timeStamping and nothing else (RFC 3161, 2.3). */
  timeStamp: [
    extension(oid.extendedKeyUsage, sequence(oid.timeStamping), true),
    keyUsage(bit.digitalSignature, bit.nonRepudiation),
  ],
  /** Of the key that seals evidence: told by its policy from every other that may sign. */
  evidence: [keyUsage(bit.digitalSignature, bit.nonRepudiation), certificatePolicy(evidencePolicy)],
  /** Of who says which certificates are revoked, for another; nobody asks of its own (RFC 6960, 4.2.2.2). */
  responder: [
    keyUsage(bit.digitalSignature),
    extension(oid.extendedKeyUsage, sequence(oid.statusSigning)),
    extension(oid.responderNotRevoked, nothing),
  ],
  signatory: (email: string, isPublished: boolean): Der[] => [
    keyUsage(bit.digitalSignature, bit.nonRepudiation),
    certificatePolicy(signatoryPolicy),
    extension(oid.subjectAltName, sequence(implicit(1, Buffer.from(email, 'latin1')))),
    // Where nobody could be asked: it lives for a day and its key for a moment (RFC 9608, 2).
    ...(isPublished ? [] : [extension(oid.noRevocationAvailable, nothing)]),
  ],
};
