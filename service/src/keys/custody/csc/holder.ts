import { createHash, createPublicKey, verify, X509Certificate, type KeyObject } from 'node:crypto';
import { algorithmOf, type Signer } from '#asn1/signer.ts';
import { kindOfKey } from '#keys/key-pair.ts';
import { KeysError } from '#keys/key-storage.ts';
import { toEcdsaValue } from '#keys/custody/ecdsa-value.ts';
import type { HeldKey, KeyHolder } from '#keys/custody/key-holder.ts';
import { CscError, type CscAccess } from './access.ts';
import type { Credential } from './answers.ts';
import { tryTwice } from './call.ts';
import { createCscClient, type CscClient, type HashToSign } from './client.ts';
import { formatCscText, isCscText, parseCscText } from './key-text.ts';

const hashAlgorithms = { sha256: '2.16.840.1.101.3.4.2.1', sha384: '2.16.840.1.101.3.4.2.2' };

/** By which a key signs: with the digest, or by the key's own algorithm where the signer knows no other name. */
const signAlgorithms: Record<string, string[]> = {
  'P-256': ['1.2.840.10045.4.3.2', '1.2.840.10045.2.1'],
  'P-384': ['1.2.840.10045.4.3.3', '1.2.840.10045.2.1'],
  'RSA-3072': ['1.2.840.113549.1.1.11', '1.2.840.113549.1.1.1'],
};

const readKey = ({ cert }: Credential): KeyObject => {
  try {
    return new X509Certificate(Buffer.from(cert.certificates[0]!, 'base64')).publicKey;
  } catch (cause) {
    throw new CscError('the credential has no certificate that can be read', { cause });
  }
};

/** How signing with it is let happen; what asks a person for more is of no use here. */
const authorizations: Record<string, (client: CscClient, of: HashToSign, pin?: string) => Promise<string | undefined>> =
  {
    implicit: (client, of) => client.authorize(of, undefined),
    explicit: (client, of, pin) => client.authorize(of, pin),
    oauth2code: async () => undefined,
    oauth2token: async () => undefined,
  };

interface Opened {
  publicKey: KeyObject;
  signAlgo: string;
  mode: string;
}

/** @throws CscError where it cannot be used here */
const judge = (credential: Credential, pin: string | undefined): Opened => {
  const publicKey = readKey(credential);
  const kind = kindOfKey(publicKey);
  if (!kind) throw new CscError('its key is neither P-256, P-384 nor RSA of 3072 bits at least');
  const signAlgo = signAlgorithms[kind]!.find((name) => credential.key.algo.includes(name));
  if (!signAlgo) throw new CscError(`it does not sign with ${kind} as is needed here`);
  const { mode } = credential.auth;
  if (!Object.hasOwn(authorizations, mode)) throw new CscError('signing with it asks a person');
  if (mode === 'explicit' && pin === undefined) throw new CscError('it asks for a PIN: set TU_ESIGN_CSC_PIN');
  return { publicKey, signAlgo, mode };
};

/**
 * What came is a signature by the key over what was to be signed, or nothing: somebody else makes it. Some signers give r and s
 * of ECDSA without their DER.
 */
const readSignature = (
  value: Buffer,
  bytes: Uint8Array,
  { publicKey, digest }: { publicKey: KeyObject; digest: string },
) => {
  if (verify(digest, bytes, publicKey, value)) return value;
  const isCurve = publicKey.asymmetricKeyType === 'ec' && value.length % 2 === 0;
  if (isCurve && verify(digest, bytes, { key: publicKey, dsaEncoding: 'ieee-p1363' }, value))
    return toEcdsaValue(value);
  throw new CscError('the remote signer answers signatures/signHash with no signature over it by its key');
};

const createCscSigner = (
  client: CscClient,
  credentialID: string,
  { publicKey, signAlgo, mode, pin }: Opened & { pin: string | undefined },
): Signer => {
  const algorithm = algorithmOf(publicKey);
  const { digest } = algorithm;
  const hashAlgorithmOID = hashAlgorithms[digest];
  return {
    algorithm,
    async sign(bytes) {
      const hash = createHash(digest).update(bytes).digest('base64');
      const of = { credentialID, hash, hashAlgorithmOID, signAlgo };
      const value = await tryTwice(async () => client.signHash(of, await authorizations[mode]!(client, of, pin)));
      return readSignature(Buffer.from(value, 'base64'), bytes, { publicKey, digest });
    },
  };
};

/**
 * Keys that a remote signer holds: its credentials are made there, and named in settings. Kinds that are not named there, and keys
 * that were made before, are the other holder's.
 */
export const createCscHolder = (access: CscAccess, other: KeyHolder): KeyHolder => {
  const client = createCscClient(access);
  const hold = async (credential: string): Promise<HeldKey> => {
    try {
      const opened = judge(await tryTwice(() => client.info(credential)), access.pin);
      const publicKey = createPublicKey(opened.publicKey.export({ type: 'spki', format: 'pem' }));
      return { publicKey, signer: createCscSigner(client, credential, { ...opened, pin: access.pin }) };
    } catch (cause) {
      if (!(cause instanceof CscError)) throw cause;
      throw new KeysError(`the key of the credential '${credential}' cannot be used: ${cause.message}`, { cause });
    }
  };
  return {
    async create(order) {
      const credential = access.credentials[order.kind];
      if (credential === undefined) return other.create(order);
      const held = await hold(credential);
      if (order.kind === 'seal' && kindOfKey(held.publicKey) !== 'P-256')
        throw new KeysError(`the key of the credential '${credential}' cannot seal evidence: that is done with P-256`);
      return { ...held, text: formatCscText({ url: access.url, credential }) };
    },
    async open(text) {
      if (!isCscText(text)) return other.open(text);
      const { url, credential } = parseCscText(text);
      if (url !== access.url)
        throw new KeysError(`a key is behind the remote signer ${url}, and TU_ESIGN_CSC_URL is another`);
      return hold(credential);
    },
  };
};
