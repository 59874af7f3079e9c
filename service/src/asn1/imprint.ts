import type { SigningAlgorithm } from './signer.ts';

/** What a time-stamp is of (MessageImprint; RFC 3161, 2.4.1). */
export interface Imprint {
  algorithm: SigningAlgorithm['digest'];
  digest: Buffer;
}
