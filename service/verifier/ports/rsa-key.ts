import { concatBytes, fromHex } from '#bytes.ts';
import { readObjectIdentifier } from '#asn1/object-identifiers.ts';
import { expectTag, split, splitWhole, tags } from '#asn1/read.ts';

const rsaPss = '1.2.840.113549.1.1.10';
/** AlgorithmIdentifier of RSA without a scheme (RFC 8017, A.1). */
const plainRsa = fromHex('300d06092a864886f70d0101010500');

const withLength = (tag: number, contents: Uint8Array): Uint8Array =>
  concatBytes(Uint8Array.of(tag, 0x82, contents.length >> 8, contents.length & 0xff), contents);

/**
 * A DER SubjectPublicKeyInfo whose key is for RSASSA-PSS alone (RFC 4055, 1.2) as one for RSA: WebCrypto knows no other.
 * @throws RangeError where it is none, or says with which digest and salt alone it may be used: WebCrypto would not look
 */
export const asPlainRsa = (publicKey: Uint8Array): Uint8Array => {
  const [algorithm, bits] = splitWhole(publicKey);
  const [identifier, parameters] = split(expectTag(tags.sequence, algorithm));
  if (readObjectIdentifier(identifier) !== rsaPss) return publicKey;
  if (parameters) throw new RangeError('The key has conditions');
  return withLength(tags.sequence, concatBytes(plainRsa, expectTag(tags.bitString, bits)));
};
