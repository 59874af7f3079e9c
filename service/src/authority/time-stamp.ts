import { hash, randomBytes } from 'node:crypto';
import type { Certificate } from '@tu-esign/verifier/certificates/certificate.ts';
import { timeStampPolicy } from '@tu-esign/verifier/certificates/policies.ts';
import { createSignedData } from '#asn1/cms.ts';
import type { Imprint } from '#asn1/imprint.ts';
import { explicit, integer, objectIdentifier, octetString, preciseTime, sequence, type Der } from '#asn1/der.ts';
import { oid } from '#asn1/object-identifiers.ts';
import type { Signer } from '#asn1/signer.ts';

export interface TimeStampRequest {
  /** Digest of what is stamped. */
  imprint: Uint8Array;
  /** By default SHA-256. */
  algorithm?: Imprint['algorithm'];
  /** Unsigned big-endian number, repeated in the answer. */
  nonce?: Uint8Array;
  /** Whether the authority's certificate goes in (RFC 3161, 2.4.1); true unless said otherwise. */
  certificateRequested?: boolean;
}

export interface TimeStamp {
  /** DER TimeStampResp (RFC 3161, 2.4.2), media type application/timestamp-reply. */
  response: Buffer;
  /** DER TimeStampToken: the ContentInfo inside the response. */
  token: Buffer;
}

export interface TimeStampAuthority {
  certificate: Certificate;
  chain: Certificate[];
  signer: Signer;
  now: () => Date;
}

const policy = objectIdentifier(timeStampPolicy);

// A clock kept by NTP, without anybody's calibration: a second is what we dare to say.
const accuracy = sequence(integer(1));

/** TSTInfo (RFC 3161, 2.4.2). `ordering` is false, its default: two machines may share the key. */
const timeStampInfo = (
  { certificate, now }: TimeStampAuthority,
  { imprint, algorithm = 'sha256', nonce }: TimeStampRequest,
): Der =>
  sequence(
    integer(1),
    policy,
    sequence(sequence(oid[algorithm]), octetString(imprint)),
    integer(randomBytes(16)),
    preciseTime(now()),
    accuracy,
    ...(nonce ? [integer(nonce)] : []),
    explicit(0, explicit(4, certificate.subject)),
  );

/** Answers a request with a granted time-stamp (RFC 3161), ESSCertIDv2 as RFC 5816 allows. */
export const createTimeStamp = async (authority: TimeStampAuthority, request: TimeStampRequest): Promise<TimeStamp> => {
  const content = timeStampInfo(authority, request);
  const { certificate, chain, signer } = authority;
  const token = await createSignedData({
    contentType: oid.timeStampInfo,
    content,
    digest: (algorithm) => hash(algorithm, content, 'buffer'),
    certificate,
    certificates: request.certificateRequested === false ? [] : [certificate, ...chain],
    signer,
  });
  return { response: sequence(sequence(integer(0)), token), token };
};
