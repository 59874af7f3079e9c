import { sign, verify, type KeyObject } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';

/** What a seal is made over: an entry's digest, in its place in one signing's chain. */
export interface SealedHead {
  signing: string;
  sequence: number;
  digest: string;
}

/** Signs the head of a chain: base64url of an ECDSA signature (DER) with SHA-256 over the canonical JSON. */
export type Seal = (head: SealedHead) => string;

/** @param key an EC private key (P-256) */
export const createSeal =
  (key: KeyObject): Seal =>
  (head) =>
    sign('sha256', Buffer.from(canonicalJson(head)), key).toString('base64url');

export const verifySeal = (head: SealedHead, seal: string, key: KeyObject): boolean =>
  verify('sha256', Buffer.from(canonicalJson(head)), key, Buffer.from(seal, 'base64url'));
