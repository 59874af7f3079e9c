import { createHash } from 'node:crypto';
import { readElement, readMembers } from './read.ts';

/** A certificate and the parts of it that CMS repeats byte for byte. */
export interface Certificate {
  der: Buffer;
  /** DER Name. */
  issuer: Buffer;
  /** DER INTEGER. */
  serialNumber: Buffer;
  /** DER Name. */
  subject: Buffer;
  /** Contents of the subject key identifier: SHA-1 of the public key's bits (RFC 5280, 4.2.1.2). */
  keyIdentifier: Buffer;
}

/** Takes a DER certificate apart (RFC 5280, 4.1). @throws RangeError when it is cut off */
export const readCertificate = (der: Buffer): Certificate => {
  const [toBeSigned] = readMembers(der, readElement(der));
  const [serialNumber, , issuer, , subject, publicKey] = readMembers(der, toBeSigned!)
    // serialNumber, signature, issuer, validity, subject, subjectPublicKeyInfo; version 1 is not written
    .filter(({ tag }) => tag !== 0xa0)
    .map(({ start, end }) => der.subarray(start, end));
  return {
    der,
    issuer: issuer!,
    serialNumber: serialNumber!,
    subject: subject!,
    keyIdentifier: keyIdentifier(publicKey!),
  };
};

/** SHA-1 over the bits of a DER SubjectPublicKeyInfo, as an identifier, not for security. */
export const keyIdentifier = (publicKey: Buffer): Buffer => {
  const [, bits] = readMembers(publicKey, readElement(publicKey));
  // the first octet of a BIT STRING counts unused bits
  return createHash('sha1')
    .update(publicKey.subarray(bits!.contents + 1, bits!.end))
    .digest();
};
