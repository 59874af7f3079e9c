import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  X509Certificate,
  type KeyObject,
} from 'node:crypto';
import { KeysError, type KeyStorage } from './key-storage.ts';

/** 32 random bytes, made at the first start and the same ever after. */
export const openSecret = async (keys: KeyStorage, name: string): Promise<Uint8Array> => {
  const { secret } = await keys.open(name, async () => ({ secret: randomBytes(32).toString('base64') }));
  const bytes = Buffer.from(secret ?? '', 'base64');
  if (bytes.length !== 32) throw new KeysError(`the secret '${name}' cannot be read: restore it from a backup`);
  return bytes;
};

/** The key that signs evidence (P-256). */
export const openSealKey = async (keys: KeyStorage): Promise<KeyObject> => {
  const files = await keys.open('evidence', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    return { 'evidence.key.pem': privateKey.export({ type: 'pkcs8', format: 'pem' }) };
  });
  try {
    return createPrivateKey(files['evidence.key.pem'] ?? '');
  } catch (cause) {
    throw new KeysError('the key that seals evidence cannot be read: restore it from a backup', { cause });
  }
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
  const { 'evidence.pem': pem = '' } = await keys.open('evidence-certificate', create);
  if (!isCertificateOf(pem, key)) {
    throw new KeysError(
      'the certificate of the key that seals evidence is not of that key: restore both from a backup',
    );
  }
  return pem;
};

const isCertificateOf = (pem: string, key: KeyObject): boolean => {
  try {
    return new X509Certificate(pem).checkPrivateKey(key);
  } catch {
    return false;
  }
};
