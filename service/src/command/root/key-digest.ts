import { createHash, type KeyObject } from 'node:crypto';

/** By which people compare a key on two machines: SHA-256 of its SubjectPublicKeyInfo. */
export const keyDigest = (key: KeyObject): string =>
  createHash('sha256')
    .update(key.export({ format: 'der', type: 'spki' }))
    .digest('hex');
