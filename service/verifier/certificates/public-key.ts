import { readObjectIdentifier } from '#asn1/object-identifiers.ts';
import { contentsOf, expectTag, split, splitWhole, tagOf, tags } from '#asn1/read.ts';
import { readWholeBits } from './certificate.ts';

/** A public key's kind and size: what tells weak ones. */
export type PublicKey =
  | { kind: 'rsa'; bits: number }
  /** `bits` is undefined for curves that we do not know. */
  | { kind: 'ec'; curve: string; bits: number | undefined }
  | { kind: 'other'; algorithm: string };

/** RSA, and RSA for RSASSA-PSS alone (RFC 8017, A.1 and A.2.3). */
const rsa = new Set(['1.2.840.113549.1.1.1', '1.2.840.113549.1.1.10']);
const ec = '1.2.840.10045.2.1';

/** The curve of the keys that the service makes itself (SEC 2, secp256r1). */
export const p256 = '1.2.840.10045.3.1.7';

/** SEC 2 and RFC 5639. */
const curveBits: Record<string, number> = {
  '1.2.840.10045.3.1.1': 192,
  '1.3.132.0.33': 224,
  [p256]: 256,
  '1.3.132.0.10': 256,
  '1.3.132.0.34': 384,
  '1.3.132.0.35': 521,
  '1.3.36.3.3.2.8.1.1.7': 256,
  '1.3.36.3.3.2.8.1.1.11': 384,
  '1.3.36.3.3.2.8.1.1.13': 512,
};

/** Bits of a positive INTEGER. */
const bitLength = (der: Uint8Array): number => {
  const octets = contentsOf(expectTag(tags.integer, der));
  const first = octets.findIndex((octet) => octet !== 0);
  return first === -1 ? 0 : (octets.length - first) * 8 - (Math.clz32(octets[first]!) - 24);
};

/** The bits of a SubjectPublicKeyInfo's key, in whole octets. @throws RangeError where it is none */
export const readKeyBits = (publicKey: Uint8Array): Uint8Array => readWholeBits(split(publicKey)[1]);

/** Reads a DER SubjectPublicKeyInfo (RFC 5280, 4.1.2.7). @throws RangeError where it is none */
export const readPublicKey = (publicKey: Uint8Array): PublicKey => {
  const [type, parameters] = split(expectTag(tags.sequence, splitWhole(publicKey)[0]));
  const algorithm = readObjectIdentifier(type);
  if (rsa.has(algorithm)) return { kind: 'rsa', bits: bitLength(splitWhole(readKeyBits(publicKey))[0]!) };
  if (algorithm !== ec) return { kind: 'other', algorithm };
  // Curves that are written out in numbers are nobody's.
  const curve = tagOf(parameters) === tags.objectIdentifier ? readObjectIdentifier(parameters) : 'explicit';
  return { kind: 'ec', curve, bits: curveBits[curve] };
};
