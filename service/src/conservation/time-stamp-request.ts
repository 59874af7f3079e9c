import { boolean, integer, octetString, sequence, type Der } from '#asn1/der.ts';
import { oid } from '#asn1/object-identifiers.ts';

export interface TimeStampQuery {
  /** SHA-256, 64 hexadecimal digits. */
  digest: string;
  /** Positive number, big-endian. */
  nonce: Uint8Array;
}

/** DER TimeStampReq that asks for the certificate as well (RFC 3161, 2.4.1), media type application/timestamp-query. */
export const createTimeStampRequest = ({ digest, nonce }: TimeStampQuery): Der =>
  sequence(
    integer(1),
    sequence(sequence(oid.sha256), octetString(Buffer.from(digest, 'hex'))),
    integer(nonce),
    boolean(true),
  );
