import { readFile, writeFile } from 'node:fs/promises';
import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type CryptoKey,
  type JSONWebKeySet,
  type JWK,
} from 'jose';

/** The key that signs the host's tokens, and the JWK Set (RFC 7517, 5) by which the service verifies them. */
export interface Key {
  id: string;
  privateKey: CryptoKey;
  jwks: JSONWebKeySet;
}

/**
 * Reads the key pair from its file, or makes one at the first start, so that tokens from before a restart stay
 * valid. The file is the private JWK, readable by its owner alone.
 */
export const openKey = async (path: string): Promise<Key> => {
  const jwk = (await readKey(path)) ?? (await makeKey(path));
  const { d: _private, ...open } = jwk;
  const id = await calculateJwkThumbprint(open);
  const privateKey = (await importJWK(jwk, 'ES256')) as CryptoKey;
  return { id, privateKey, jwks: { keys: [{ ...open, kid: id, alg: 'ES256', use: 'sig' }] } };
};

const readKey = async (path: string): Promise<JWK | undefined> => {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return text === undefined ? undefined : JSON.parse(text);
};

const makeKey = async (path: string): Promise<JWK> => {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  await writeFile(path, JSON.stringify(jwk), { mode: 0o600, flag: 'wx' });
  return jwk;
};
