import { readObjectIdentifier } from '#asn1/object-identifiers.ts';
import { contentsOf, contextual, readSmallInteger, split, tagOf } from '#asn1/read.ts';
import type { Cryptography, DigestAlgorithm, SignatureCheck } from '#ports/ports.ts';
import { readDigestAlgorithm } from './digest-algorithms.ts';

/** An AlgorithmIdentifier of a signature. */
export interface SignatureAlgorithm {
  scheme: SignatureCheck['scheme'];
  /** Absent where CMS names it beside: some name the key's algorithm in place of the signature's. */
  digest?: DigestAlgorithm;
  /** Octets, for RSASSA-PSS. */
  saltLength?: number;
}

/** RFC 8017, RFC 5754, RFC 5758. */
const algorithms: Record<string, SignatureAlgorithm> = {
  '1.2.840.113549.1.1.1': { scheme: 'rsa-pkcs1' },
  '1.2.840.113549.1.1.5': { scheme: 'rsa-pkcs1', digest: 'sha1' },
  '1.2.840.113549.1.1.11': { scheme: 'rsa-pkcs1', digest: 'sha256' },
  '1.2.840.113549.1.1.12': { scheme: 'rsa-pkcs1', digest: 'sha384' },
  '1.2.840.113549.1.1.13': { scheme: 'rsa-pkcs1', digest: 'sha512' },
  '1.2.840.10045.2.1': { scheme: 'ecdsa' },
  '1.2.840.10045.4.1': { scheme: 'ecdsa', digest: 'sha1' },
  '1.2.840.10045.4.3.2': { scheme: 'ecdsa', digest: 'sha256' },
  '1.2.840.10045.4.3.3': { scheme: 'ecdsa', digest: 'sha384' },
  '1.2.840.10045.4.3.4': { scheme: 'ecdsa', digest: 'sha512' },
};

const rsaPss = '1.2.840.113549.1.1.10';

const isNull = (der: Uint8Array): boolean => tagOf(der) === 0x05 && contentsOf(der).length === 0;

/** RSASSA-PSS-params (RFC 8017, A.2.3), each member with its default; MGF1 goes with the same digest in practice. */
const readPss = (parameters: Uint8Array | undefined): SignatureAlgorithm | undefined => {
  if (!parameters) return { scheme: 'rsa-pss' };
  const members = new Map(split(parameters).map((member) => [tagOf(member), split(member)[0]!]));
  const [hash, mask, salt] = [0, 1, 2].map((number) => members.get(contextual(number)));
  const digest = hash ? readDigestAlgorithm(hash) : 'sha1';
  const maskDigest = mask ? readDigestAlgorithm(split(mask)[1]!) : 'sha1';
  const saltLength = salt ? readSmallInteger(salt) : 20;
  return digest && maskDigest === digest && saltLength >= 0 ? { scheme: 'rsa-pss', digest, saltLength } : undefined;
};

/** Undefined where it is not known, or its parameters are not as they should be. @throws RangeError */
export const readSignatureAlgorithm = (der: Uint8Array): SignatureAlgorithm | undefined => {
  const [identifier, parameters, ...others] = split(der);
  if (others.length) return undefined;
  const name = readObjectIdentifier(identifier);
  if (name === rsaPss) return readPss(parameters);
  return parameters === undefined || isNull(parameters) ? algorithms[name] : undefined;
};

export interface SignatureValue {
  /** DER SubjectPublicKeyInfo. */
  publicKey: Uint8Array;
  /** DER AlgorithmIdentifier. */
  signatureAlgorithm: Uint8Array;
  /** As it is named beside, which must be the same. */
  digest?: DigestAlgorithm;
  bytes: Uint8Array;
  signature: Uint8Array;
}

const toCheck = ({ signatureAlgorithm, ...value }: SignatureValue): SignatureCheck | undefined => {
  try {
    const algorithm = readSignatureAlgorithm(signatureAlgorithm);
    const digest = algorithm?.digest ?? value.digest;
    if (!algorithm || !digest || (value.digest ?? digest) !== digest) return undefined;
    return { ...value, ...algorithm, digest };
  } catch {
    return undefined;
  }
};

/** Whether a signature's value verifies. Never throws. */
export const verifyValue = async (value: SignatureValue, ports: Cryptography): Promise<boolean> => {
  const check = toCheck(value);
  return check !== undefined && (await ports.verify(check));
};
