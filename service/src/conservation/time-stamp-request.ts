import { randomBytes } from 'node:crypto';
import { boolean, integer, octetString, sequence, type Der } from '#asn1/der.ts';
import type { Imprint } from '#asn1/imprint.ts';
import { oid } from '#asn1/object-identifiers.ts';

export interface TimeStampQuery {
  /** In hexadecimal digits. */
  digest: string;
  algorithm: Imprint['algorithm'];
  /** Positive number, big-endian. */
  nonce: Uint8Array;
}

/** 64 random bits of which the first is 0 and the second 1: positive, and always of full length. */
export const createNonce = (): Buffer => {
  const nonce = randomBytes(8);
  nonce[0] = (nonce[0]! & 0x7f) | 0x40;
  return nonce;
};

/** DER TimeStampReq that asks for the certificate as well (RFC 3161, 2.4.1), media type application/timestamp-query. */
export const createTimeStampRequest = ({ digest, algorithm, nonce }: TimeStampQuery): Der =>
  sequence(
    integer(1),
    sequence(sequence(oid[algorithm]), octetString(Buffer.from(digest, 'hex'))),
    integer(nonce),
    boolean(true),
  );
