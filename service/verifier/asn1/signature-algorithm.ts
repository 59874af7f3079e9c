import { constants, verify, type KeyObject } from 'node:crypto';
import { objectIdentifier } from './der.ts';
import { readElement, readMembers } from './read.ts';

interface Algorithm {
  key: 'rsa' | 'ec';
  /** The digest that goes with it; absent where the signer's digest algorithm says it alone. */
  digest?: string;
  pss?: true;
}

/** RFC 8017, RFC 5754, RFC 5758, RFC 4056; some name the key's algorithm in place of the signature's. */
const algorithms = new Map(
  (
    [
      ['1.2.840.113549.1.1.1', { key: 'rsa' }],
      ['1.2.840.113549.1.1.5', { key: 'rsa', digest: 'sha1' }],
      ['1.2.840.113549.1.1.11', { key: 'rsa', digest: 'sha256' }],
      ['1.2.840.113549.1.1.12', { key: 'rsa', digest: 'sha384' }],
      ['1.2.840.113549.1.1.13', { key: 'rsa', digest: 'sha512' }],
      ['1.2.840.113549.1.1.10', { key: 'rsa', pss: true }],
      ['1.2.840.10045.2.1', { key: 'ec' }],
      ['1.2.840.10045.4.1', { key: 'ec', digest: 'sha1' }],
      ['1.2.840.10045.4.3.2', { key: 'ec', digest: 'sha256' }],
      ['1.2.840.10045.4.3.3', { key: 'ec', digest: 'sha384' }],
      ['1.2.840.10045.4.3.4', { key: 'ec', digest: 'sha512' }],
    ] as const satisfies readonly (readonly [string, Algorithm])[]
  ).map(([dotted, algorithm]): [string, Algorithm] => [objectIdentifier(dotted).toString('hex'), algorithm]),
);

export interface SignatureValue {
  /** DER AlgorithmIdentifier. */
  signatureAlgorithm: Buffer;
  /** Name of the digest, as node:crypto knows it. */
  digest: string;
  bytes: Uint8Array;
  signature: Buffer;
}

/** Undefined where it is not known, or its parameters are not as they should be. */
const readAlgorithm = (der: Buffer): Algorithm | undefined => {
  const [identifier, parameters] = readMembers(der, readElement(der)).map(({ start, end }) => der.subarray(start, end));
  const algorithm = algorithms.get(identifier?.toString('hex') ?? '');
  const plain = parameters === undefined || parameters.toString('hex') === '0500';
  return algorithm && (algorithm.pss || plain) ? algorithm : undefined;
};

const pssPadding = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO };

/** Whether a signature's value verifies. Odd keys and values make node:crypto throw: then it does not. */
export const verifyValue = (publicKey: KeyObject, value: SignatureValue): boolean => {
  const { digest, bytes, signature } = value;
  const algorithm = readAlgorithm(value.signatureAlgorithm);
  if (!algorithm || (algorithm.digest ?? digest) !== digest) return false;
  if (!publicKey.asymmetricKeyType?.startsWith(algorithm.key)) return false;
  try {
    return verify(digest, bytes, { key: publicKey, ...(algorithm.pss && pssPadding) }, signature);
  } catch {
    return false;
  }
};
