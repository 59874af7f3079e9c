import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  X509Certificate,
  type KeyObject,
} from 'node:crypto';
import type { KeyStorage } from './key-storage.ts';

/** 32 random bytes, made at the first start and the same ever after. */
export const openSecret = async (keys: KeyStorage, name: string): Promise<Uint8Array> => {
  const { secret } = await keys.open(name, async () => ({ secret: randomBytes(32).toString('base64') }));
  return Buffer.from(secret!, 'base64');
};

/** The key that signs evidence (P-256). */
export const openSealKey = async (keys: KeyStorage): Promise<KeyObject> => {
  const files = await keys.open('evidence', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    return { 'evidence.key.pem': privateKey.export({ type: 'pkcs8', format: 'pem' }) };
  });
  return createPrivateKey(files['evidence.key.pem']!);
};

/**
 * The certificate of that key, and its chain: PEM. Kept apart from the key, which an older release may have made.
 * @param certify see Authority
 */
export const openSealCertificates = async (
  keys: KeyStorage,
  key: KeyObject,
  certify: (publicKey: KeyObject) => Promise<string>,
): Promise<string> => {
  const create = async () => ({ 'evidence.pem': await certify(createPublicKey(key)) });
  const { 'evidence.pem': pem } = await keys.open('evidence-certificate', create);
  if (!new X509Certificate(pem!).checkPrivateKey(key)) throw new Error('Key and certificate of evidence do not match');
  return pem!;
};
