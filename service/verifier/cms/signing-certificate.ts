import { equalBytes } from '#bytes.ts';
import { oid } from '#asn1/object-identifiers.ts';
import { contentsOf, expectTag, split, tagOf, tags } from '#asn1/read.ts';
import { readDigestAlgorithm } from '#certificates/digest-algorithms.ts';
import type { Cryptography, DigestAlgorithm } from '#ports/ports.ts';

/** What names a certificate: the digest of it. */
interface CertificateDigest {
  /** Undefined where it is none that we know. */
  algorithm: DigestAlgorithm | undefined;
  digest: Uint8Array;
}

/** The first of the certificates that are named: it is the signer's (RFC 5035, 3 and 4). */
const readFirst = (attribute: Uint8Array, usual: DigestAlgorithm): CertificateDigest => {
  const [certificates] = split(attribute);
  const [first] = split(expectTag(tags.sequence, certificates));
  const [algorithm, ...rest] = split(expectTag(tags.sequence, first));
  const isNamed = tagOf(algorithm) === tags.sequence;
  const digest = contentsOf(expectTag(tags.octetString, isNamed ? rest[0] : algorithm));
  return { algorithm: isNamed ? readDigestAlgorithm(algorithm!) : usual, digest };
};

const tryReadFirst = (attribute: Uint8Array, usual: DigestAlgorithm): CertificateDigest | undefined => {
  try {
    return readFirst(attribute, usual);
  } catch {
    return undefined;
  }
};

/**
 * Whether SigningCertificate, V2 or the older, names this certificate; undefined where there is neither. The first
 * version knows SHA-1 alone.
 */
export const isBound = (
  attributes: Map<string, Uint8Array>,
  certificate: Uint8Array,
  ports: Cryptography,
): boolean | undefined => {
  const second = attributes.get(oid.signingCertificateV2);
  const attribute = second ?? attributes.get(oid.signingCertificate);
  if (!attribute) return undefined;
  const named = tryReadFirst(attribute, second ? 'sha256' : 'sha1');
  return named?.algorithm !== undefined && equalBytes(ports.digest(named.algorithm, certificate), named.digest);
};
