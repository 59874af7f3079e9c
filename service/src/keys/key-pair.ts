import { generateKeyPair, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';

/** Kinds of keys that can be made to sign. */
export const keyAlgorithms = ['P-256', 'P-384', 'RSA-3072'] as const;
export type KeyAlgorithm = (typeof keyAlgorithms)[number];

const curves: Readonly<Record<string, KeyAlgorithm>> = { prime256v1: 'P-256', secp384r1: 'P-384' };

/** Of a key that somebody else made: RSA may be larger. Undefined where nothing is signed with it here. */
export const kindOfKey = ({ asymmetricKeyType, asymmetricKeyDetails = {} }: KeyObject): KeyAlgorithm | undefined => {
  const { namedCurve = '', modulusLength = 0 } = asymmetricKeyDetails;
  if (asymmetricKeyType === 'rsa') return modulusLength >= 3072 ? 'RSA-3072' : undefined;
  return curves[namedCurve];
};

interface KeyPair {
  publicKey: KeyObject;
  privateKey: KeyObject;
}

const generateRsa = promisify(generateKeyPair);

/** On a curve it takes microseconds; of RSA a second, beside the event loop. */
export const createKeyPair = async (algorithm: KeyAlgorithm): Promise<KeyPair> =>
  algorithm === 'RSA-3072'
    ? generateRsa('rsa', { modulusLength: 3072 })
    : generateKeyPairSync('ec', { namedCurve: algorithm });
