import { readObjectIdentifier } from '#asn1/object-identifiers.ts';
import { split } from '#asn1/read.ts';
import type { DigestAlgorithm } from '#ports/ports.ts';

/** FIPS 180-4 in NIST's arc; SHA-1 in OIW's. */
const digests: Record<string, DigestAlgorithm> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/** By its dotted object identifier; undefined where it is none that we know. */
export const digestNamed = (identifier: string): DigestAlgorithm | undefined => digests[identifier];

/** Of a DER AlgorithmIdentifier. */
export const readDigestAlgorithm = (der: Uint8Array): DigestAlgorithm | undefined =>
  digestNamed(readObjectIdentifier(split(der)[0]));
