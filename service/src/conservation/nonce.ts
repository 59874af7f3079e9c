import { randomBytes } from 'node:crypto';

/** 64 random bits of which the first is 0 and the second 1: positive, and always of full length. */
export const createNonce = (): Buffer => {
  const nonce = randomBytes(8);
  nonce[0] = (nonce[0]! & 0x7f) | 0x40;
  return nonce;
};
