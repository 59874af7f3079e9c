import { readObjectIdentifier } from '#asn1/object-identifiers.ts';
import { contentsOf, split, splitWhole } from '#asn1/read.ts';
import type { Certificate } from './certificate.ts';
import { isSelfIssued } from './names.ts';
import { readKeyBits, readPublicKey } from './public-key.ts';
import { readSignatureAlgorithm } from './signature-algorithm.ts';

const leastRsaBits = 2048;
const leastCurveBits = 256;

/** Digests for which somebody can find two texts, or could soon, and signatures that use them. */
const weakAlgorithms: Record<string, string> = {
  '1.2.840.113549.2.2': 'MD2',
  '1.2.840.113549.2.4': 'MD4',
  '1.2.840.113549.2.5': 'MD5',
  '1.3.14.3.2.26': 'SHA-1',
  '1.2.840.113549.1.1.2': 'MD2',
  '1.2.840.113549.1.1.3': 'MD4',
  '1.2.840.113549.1.1.4': 'MD5',
  '1.2.840.113549.1.1.5': 'SHA-1',
  '1.3.14.3.2.3': 'MD5',
  '1.3.14.3.2.29': 'SHA-1',
  '1.2.840.10045.4.1': 'SHA-1',
  '1.2.840.10040.4.3': 'SHA-1',
};

/** By a digest's or a signature's dotted algorithm. */
export const weaknessOfAlgorithm = (identifier: string): string[] => {
  const name = weakAlgorithms[identifier];
  return name ? [name] : [];
};

/** Of an AlgorithmIdentifier; RSASSA-PSS names its digest inside. @throws RangeError where it is none */
export const weaknessOfSignature = (der: Uint8Array): string[] => {
  const byName = weaknessOfAlgorithm(readObjectIdentifier(split(der)[0]));
  return byName.length || readSignatureAlgorithm(der)?.digest !== 'sha1' ? byName : ['SHA-1'];
};

/** With an exponent of 1 everybody's message is its own signature. */
const hasOddExponent = (publicKey: Uint8Array): boolean => {
  const exponent = contentsOf(splitWhole(readKeyBits(publicKey))[1]!);
  return exponent.length === 1 && exponent[0]! < 3;
};

const weaknessOfKey = (publicKey: Uint8Array): string[] => {
  const key = readPublicKey(publicKey);
  if (key.kind === 'rsa') {
    if (hasOddExponent(publicKey)) return ['an RSA key with no exponent'];
    return key.bits < leastRsaBits ? [`an RSA key of ${key.bits} bits`] : [];
  }
  if (key.kind !== 'ec') return [];
  if (key.bits === undefined) return ['a curve that is not known'];
  return key.bits < leastCurveBits ? [`a curve of ${key.bits} bits`] : [];
};

/** Of a certificate's key, and of its issuer's signature unless that is its own. Never throws. */
const weaknessesOfOne = (certificate: Certificate): string[] => {
  try {
    const { publicKey, signatureAlgorithm } = certificate;
    // Nobody relies on what a root says of itself.
    const signature = isSelfIssued(certificate) ? [] : weaknessOfSignature(signatureAlgorithm);
    return [...weaknessOfKey(publicKey), ...signature];
  } catch {
    return ['a certificate that cannot be read'];
  }
};

/** What of keys and algorithms is too weak to be relied on, each told once, in words for people. */
export const weaknessesOf = (certificates: readonly Certificate[]): string[] => [
  ...new Set(certificates.flatMap(weaknessesOfOne)),
];
