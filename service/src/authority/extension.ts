import { createHash } from 'node:crypto';
import { readKeyBits } from '@tu-esign/verifier/certificates/public-key.ts';
import { boolean, octetString, sequence, type Der } from '#asn1/der.ts';

/** An Extension (RFC 5280, 4.1.2.9); critical false is the default and left out. */
export const extension = (type: Der, value: Der, critical = false): Der =>
  sequence(type, ...(critical ? [boolean(true)] : []), octetString(value));

/** SHA-1 over a public key's bits (RFC 5280, 4.2.1.2), as an identifier, not for security. */
export const keyIdentifier = (publicKey: Uint8Array): Buffer =>
  createHash('sha1').update(readKeyBits(publicKey)).digest();
