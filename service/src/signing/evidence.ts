import type { EvidenceKind } from '@tu-esign/contract';
import { canonicalJson } from '@tu-esign/verifier/evidence/canonical-json.ts';
import { start, type EvidenceEntry, type Link } from '@tu-esign/verifier/evidence/chain.ts';
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
