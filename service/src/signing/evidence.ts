import { sign, type KeyObject } from 'node:crypto';
import type { EvidenceKind } from '@tu-esign/contract';
import { canonicalJson } from '@tu-esign/verifier/evidence/canonical-json.ts';
import { start, type EvidenceEntry, type Link } from '@tu-esign/verifier/evidence/chain.ts';
import type { SealedHead } from '@tu-esign/verifier/evidence/seal.ts';
import { digestOf } from './digest.ts';

/** What was observed; `data` is a JSON object. */
export interface Observation {
  kind: EvidenceKind;
  data: Record<string, unknown>;
}

/** Puts an observation behind the last entry of a chain. */
export const appendEvidence = (last: Link | undefined, observation: Observation, at: Date): EvidenceEntry => {
  const { sequence, digest: previous } = last ?? start;
  const entry = { ...observation, sequence: sequence + 1, at: at.toISOString(), previous };
  return { ...entry, digest: digestOf(canonicalJson(entry)) };
};

/** Signs the head of a chain: base64url of an ECDSA signature (DER) with SHA-256 over the canonical JSON. */
export type Seal = (head: SealedHead) => string;

/** @param key an EC private key (P-256) */
export const createSeal =
  (key: KeyObject): Seal =>
  (head) =>
    sign('sha256', Buffer.from(canonicalJson(head)), key).toString('base64url');
