import { createHmac, createPrivateKey, sign } from 'node:crypto';

/** What is signed (Standard Webhooks 1.0, Signature scheme). */
export interface SignedMessage {
  id: string;
  /** Of the attempt, in seconds since the epoch. */
  timestamp: number;
  body: string;
}

/**
 * The value of `webhook-signature`: one signature a secret, so that a host can change from one to the next.
 * @param secrets `whsec_` and 24 to 64 bytes for HMAC-SHA-256, `whsk_` and an Ed25519 private key; base64
 */
export const signMessage = ({ id, timestamp, body }: SignedMessage, secrets: readonly string[]): string =>
  secrets.map((secret) => signWith(secret, `${id}.${timestamp}.${body}`)).join(' ');

const signWith = (secret: string, content: string): string => {
  const [prefix, encoded] = secret.split('_') as [string, string];
  const key = Buffer.from(encoded, 'base64');
  return prefix === 'whsk' ? `v1a,${signByEd25519(key, content)}` : `v1,${signByHmac(key, content)}`;
};

const signByHmac = (key: Buffer, content: string): string => createHmac('sha256', key).update(content).digest('base64');

/** The key is the seed (RFC 8032, 5.1.5), alone or with the public key behind it, as libsodium writes it. */
const signByEd25519 = (key: Buffer, content: string): string => {
  const seed = key.subarray(0, 32);
  const privateKey = createPrivateKey({ key: seed, format: 'raw-private', asymmetricKeyType: 'ed25519' });
  return sign(null, Buffer.from(content), privateKey).toString('base64');
};
