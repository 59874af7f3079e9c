import { sign, type KeyObject } from 'node:crypto';
import { canonicalJson } from '@tu-esign/verifier/evidence/canonical-json.ts';
import type { SealedHead } from '@tu-esign/verifier/evidence/seal.ts';

/** Signs the head of a chain: base64url of an ECDSA signature (DER) with SHA-256 over the canonical JSON. */
export type Seal = (head: SealedHead) => string;

/** @param key an EC private key (P-256) */
export const createSeal =
  (key: KeyObject): Seal =>
  (head) =>
    sign('sha256', Buffer.from(canonicalJson(head)), key).toString('base64url');
