import { constants, sign, type KeyObject } from 'node:crypto';
import { nothing, objectIdentifier, sequence, type Der } from '#asn1/der.ts';

export type Digest = 'md5' | 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512';

const digests: Record<Digest, string> = {
  md5: '1.2.840.113549.2.5',
  sha1: '1.3.14.3.2.26',
  sha224: '2.16.840.1.101.3.4.2.4',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
};

const withRsa: Record<Digest, string> = {
  md5: '1.2.840.113549.1.1.4',
  sha1: '1.2.840.113549.1.1.5',
  sha224: '1.2.840.113549.1.1.14',
  sha256: '1.2.840.113549.1.1.11',
  sha384: '1.2.840.113549.1.1.12',
  sha512: '1.2.840.113549.1.1.13',
};

const withEcdsa: Record<Digest, string> = {
  md5: '1.2.840.10045.4.1',
  sha1: '1.2.840.10045.4.1',
  sha224: '1.2.840.10045.4.3.1',
  sha256: '1.2.840.10045.4.3.2',
  sha384: '1.2.840.10045.4.3.3',
  sha512: '1.2.840.10045.4.3.4',
};

export const digestAlgorithm = (digest: Digest): Der => sequence(objectIdentifier(digests[digest]));

/** AlgorithmIdentifier of a signature by such a key. */
export const signatureAlgorithm = (key: KeyObject, digest: Digest): Der => {
  if (key.asymmetricKeyType === 'rsa') return sequence(objectIdentifier(withRsa[digest]), nothing);
  if (key.asymmetricKeyType === 'ed25519') return sequence(objectIdentifier('1.3.101.112'));
  return sequence(objectIdentifier(withEcdsa[digest]));
};

export const signWith = (key: KeyObject, digest: Digest, bytes: Uint8Array): Buffer =>
  key.asymmetricKeyType === 'ed25519'
    ? sign(undefined, bytes, key)
    : sign(digest, bytes, { key, dsaEncoding: 'der', padding: constants.RSA_PKCS1_PADDING });
