import { sign, type KeyObject } from 'node:crypto';
import { nothing, sequence, type Der } from './der.ts';
import { oid } from './object-identifiers.ts';

/** How a key signs. */
export interface SigningAlgorithm {
  /** AlgorithmIdentifier of the signature. */
  identifier: Der;
  /** Of what is signed; in CMS of the content, too. */
  digest: 'sha256' | 'sha384';
}

/** What holds a key: in a file, in a token, or behind somebody's service. */
export interface Signer {
  readonly algorithm: SigningAlgorithm;
  /** A signature's value: of ECDSA a DER Ecdsa-Sig-Value (RFC 3279, 2.2.3), of RSA as PKCS #1, version 1.5 has it. */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

/** A digest is as strong as the key (RFC 5758, 3.2; RFC 4055, 5). */
const byKind: Readonly<Record<string, SigningAlgorithm>> = {
  'ec prime256v1': { identifier: sequence(oid.ecdsaWithSha256), digest: 'sha256' },
  'ec secp384r1': { identifier: sequence(oid.ecdsaWithSha384), digest: 'sha384' },
  'rsa ': { identifier: sequence(oid.sha256WithRsa, nothing), digest: 'sha256' },
};

/** Of either half. @throws RangeError where nothing is signed with such a key here */
export const algorithmOf = (key: KeyObject): SigningAlgorithm => {
  const { asymmetricKeyType: type = '', asymmetricKeyDetails: { namedCurve = '' } = {} } = key;
  const algorithm = byKind[`${type} ${namedCurve}`];
  if (!algorithm) throw new RangeError(`Nothing is signed here with a key of the kind ${type} ${namedCurve}`.trim());
  return algorithm;
};

/** A signer on a private key in memory. */
export const createSigner = (key: KeyObject): Signer => {
  const algorithm = algorithmOf(key);
  return { algorithm, sign: async (bytes) => sign(algorithm.digest, bytes, { key, dsaEncoding: 'der' }) };
};
