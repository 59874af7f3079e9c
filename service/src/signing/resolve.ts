import { Problem } from '#problem.ts';
import type { SignedFindings } from './document.ts';
import type { Observation } from './evidence.ts';
import { toFiles } from './outputs.ts';
import { advanceTo, type Outputs, type Signing } from './signing.ts';

/** What a person found out of a signing in review. */
export type Resolution =
  | { outcome: 'not-signed' }
  | { outcome: 'failed' }
  | {
      outcome: 'signed';
      outputs: Required<Pick<Outputs, 'document' | 'keyCertificate'>>;
      /** What was looked at before it was believed. */
      findings: SignedFindings;
    };

/** The record after a review, and what is observed of it. */
export interface Resolved {
  signing: Signing;
  observation: Observation;
}

/**
 * @param at milliseconds since the epoch
 * @throws Problem not-in-review
 */
export const resolveReview = (signing: Signing, resolution: Resolution, at: number): Resolved => {
  if (signing.status !== 'review') throw new Problem('not-in-review');
  const { outcome, ...found } = resolution;
  const observe = (data: object): Observation => ({ kind: 'resolved', data: { outcome, ...data } });
  if ('outputs' in found) {
    const { outputs, findings } = found;
    const signed = { outputs: { ...signing.outputs, ...outputs }, standings: {}, signedAt: at };
    return {
      signing: advanceTo(signing, 'signed', signed),
      observation: observe({ ...toFiles(outputs), ...findings }),
    };
  }
  if (outcome === 'not-signed') return { signing: advanceTo(signing, 'accepted'), observation: observe({}) };
  const problem = 'signing-failed';
  return { signing: advanceTo(signing, 'failed', { problem }), observation: observe({ problem }) };
};
