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
export type Seal = (head: SealedHead) => Promise<string>;

/** @param signer signs with ECDSA and SHA-256; DER */
export const createSeal =
  (signer: { sign(bytes: Uint8Array): Promise<Uint8Array> }): Seal =>
  async (head) =>
    Buffer.from(await signer.sign(Buffer.from(canonicalJson(head)))).toString('base64url');
