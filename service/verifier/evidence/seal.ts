import { fromBase64 } from '#bytes.ts';
import type { Cryptography } from '#ports/ports.ts';
import { canonicalJson } from './canonical-json.ts';

/** What a seal is made over: an entry's digest, in its place in one signing's chain. */
export interface SealedHead {
  signing: string;
  sequence: number;
  digest: string;
}

const encoder = new TextEncoder();

/**
 * Whether a seal is of this key: base64url of an ECDSA signature (DER) with SHA-256 over the canonical JSON.
 * @param publicKey DER SubjectPublicKeyInfo
 */
export const verifySeal = (
  head: SealedHead,
  seal: string,
  publicKey: Uint8Array,
  ports: Cryptography,
): Promise<boolean> =>
  ports.verify({
    publicKey,
    scheme: 'ecdsa',
    digest: 'sha256',
    bytes: encoder.encode(canonicalJson(head)),
    signature: fromBase64(seal),
  });
