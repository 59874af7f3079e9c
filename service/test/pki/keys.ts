import { generateKeyPairSync, type KeyObject } from 'node:crypto';

/** Keys by kind and number, each made once: RSA takes long. */
export type KeyKind = 'p256' | 'p384' | 'p521' | 'p192' | 'secp256k1' | 'rsa1024' | 'rsa2048' | 'rsa3072' | 'ed25519';

export interface KeyPair {
  publicKey: KeyObject;
  privateKey: KeyObject;
}

const curves = { p256: 'P-256', p384: 'P-384', p521: 'P-521', p192: 'prime192v1', secp256k1: 'secp256k1' } as const;
const sizes = { rsa1024: 1024, rsa2048: 2048, rsa3072: 3072 } as const;

const generate = (kind: KeyKind): KeyPair => {
  if (kind === 'ed25519') return generateKeyPairSync('ed25519');
  if (kind in sizes) return generateKeyPairSync('rsa', { modulusLength: sizes[kind as keyof typeof sizes] });
  return generateKeyPairSync('ec', { namedCurve: curves[kind as keyof typeof curves] });
};

const made = new Map<string, KeyPair>();

/** The key of this kind that belongs to this name. */
export const keyOf = (kind: KeyKind, name: string): KeyPair => {
  const id = `${kind} ${kind.startsWith('rsa') ? 'shared' : name}`;
  const pair = made.get(id) ?? generate(kind);
  made.set(id, pair);
  return pair;
};
