import { randomBytes, X509Certificate, type KeyObject } from 'node:crypto';
import type { Signer } from '#asn1/signer.ts';
import { keysInFiles, requireOtherKey, type KeyHolder } from './custody/key-holder.ts';
import { listGenerations, nameGeneration } from './generations.ts';
import { KeysError, type KeyFiles, type KeyStorage } from './key-storage.ts';

/** 32 random bytes, and when they came into force: milliseconds. */
export interface Secret {
  bytes: Uint8Array;
  from: number;
}

const createSecret = (): string => randomBytes(32).toString('base64');

/** A secret that is made at the first start, and those that came after it: the oldest first. */
export const openSecrets = async (keys: KeyStorage, name: string): Promise<Secret[]> => {
  const files = await keys.open(name, async () => ({ secret: createSecret() }));
  const secrets = listGenerations(files, 'secret').map(({ name, from }) => ({
    bytes: Buffer.from(files[name]!, 'base64'),
    from,
  }));
  if (secrets.length > 0 && secrets.every(({ bytes }) => bytes.length === 32)) return secrets;
  throw new KeysError(`the secret '${name}' cannot be read: restore it from a backup`);
};

/** The files with another secret, in force from then on. */
export const addSecret = (files: KeyFiles, from: number): KeyFiles => ({
  ...files,
  [nameGeneration('secret', from)]: createSecret(),
});

/** A key that seals evidence (P-256), and since when. */
export interface SealKey {
  signer: Signer;
  from: number;
}

const [keyEnding, pemEnding] = ['.key.pem', '.pem'];

/** The keys that seal evidence, the oldest first; of those that seal no more the certificate alone is kept. */
export const openSealKeys = async (keys: KeyStorage, holder: KeyHolder = keysInFiles): Promise<SealKey[]> => {
  const files = await keys.open('evidence', async () => ({ [`evidence${keyEnding}`]: (await createKey(holder)).text }));
  try {
    const sealKeys = await Promise.all(
      listGenerations(files, 'evidence', keyEnding).map(async ({ name, from }) => {
        const { signer } = await holder.open(files[name + keyEnding]!);
        return { signer, from };
      }),
    );
    if (sealKeys.length > 0) return sealKeys;
    throw new Error('there is none');
  } catch (cause) {
    if (cause instanceof KeysError) throw cause;
    throw new KeysError('the key that seals evidence cannot be read: restore it from a backup', { cause });
  }
};

/** Evidence is sealed with ECDSA and SHA-256, whatever other keys are: so it is read. */
const createKey = (holder: KeyHolder) => holder.create({ kind: 'seal', purpose: 'evidence', algorithm: 'P-256' });

/** @returns PEM of a certificate for this key, and of its chain; see Authority */
export type CertifySeal = (publicKey: KeyObject) => Promise<string>;

/** The files with another key and its certificate, in force from then on. */
export const addSealKey = async (
  files: KeyFiles,
  from: number,
  { certify, holder }: { certify: CertifySeal; holder: KeyHolder },
): Promise<KeyFiles> => {
  const name = nameGeneration('evidence', from);
  const { publicKey, text } = await createKey(holder);
  requireOtherKey(files, text);
  return { ...files, [name + keyEnding]: text, [name + pemEnding]: await certify(publicKey) };
};

/**
 * The certificates of those keys and of those before them, and their chains: PEM, the newest first. That of the first key
 * is kept apart from it, since an older release may have made the key.
 */
export const openSealCertificates = async (
  keys: KeyStorage,
  certify: CertifySeal,
  holder: KeyHolder = keysInFiles,
): Promise<string> => {
  const files = await keys.open('evidence', unmade);
  const keyOf = async (text: string | undefined) =>
    text === undefined ? undefined : (await holder.open(text)).publicKey;
  const first = await openFirstCertificate(keys, await keyOf(files[`evidence${keyEnding}`]), certify);
  const later = listGenerations(files, 'evidence', pemEnding);
  const all = await Promise.all(
    later
      .toReversed()
      .map(async ({ name }) => requireCertificateOf(files[name + pemEnding]!, await keyOf(files[name + keyEnding]))),
  );
  return withoutRepeats([...all, first].join(''));
};

const unmade = async (): Promise<never> => {
  throw new KeysError('the key that seals evidence is missing: restore it from a backup');
};

const openFirstCertificate = async (keys: KeyStorage, key: KeyObject | undefined, certify: CertifySeal) => {
  const create = async () => ({ 'evidence.pem': await certify(key ?? (await unmade())) });
  const { 'evidence.pem': pem = '' } = await keys.open('evidence-certificate', create);
  return requireCertificateOf(pem, key);
};

/** @param key absent where it seals no more */
const requireCertificateOf = (pem: string, key: KeyObject | undefined): string => {
  if (key === undefined || isCertificateOf(pem, key)) return pem;
  throw new KeysError('the certificate of the key that seals evidence is not of that key: restore both from a backup');
};

const isCertificateOf = (pem: string, key: KeyObject): boolean => {
  try {
    return new X509Certificate(pem).publicKey.equals(key);
  } catch {
    return false;
  }
};

/** Certificates of one issuer bring it along each. */
const withoutRepeats = (pem: string): string => {
  const blocks = pem.match(/-----BEGIN [^]*?-----END [^\n]*\n?/g) ?? [];
  return [...new Set(blocks.map((block) => `${block.trimEnd()}\n`))].join('');
};
