import { sign, type KeyObject } from 'node:crypto';

/** What holds a key: on disk now, in an HSM or a cloud's key service later. */
export interface Signer {
  /** ECDSA with SHA-256 over `bytes`, as a DER Ecdsa-Sig-Value (RFC 3279, 2.2.3). */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

/** A signer on a P-256 key in memory. */
export const createSigner = (key: KeyObject): Signer => ({
  sign: async (bytes) => sign('sha256', bytes, { key, dsaEncoding: 'der' }),
});
