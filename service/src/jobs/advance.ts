import type { SigningStatus } from '@tu-esign/contract';
import { toCause, type Log } from '#log.ts';
import { Problem } from '#problem.ts';
import type { Changes } from '#signing/changes.ts';
import { advanceTo, type Signing } from '#signing/signing.ts';
import { complete, conserve } from './conserve.ts';
import { sign, submit } from './sign.ts';
import { leaseMs, type Neighbours, type Pass, type Step } from './step.ts';

/** Takes a signing as far as it goes now. Never throws: what failed is tried again, or is in the record. */
export type Advance = (signingId: string) => Promise<void>;

export interface AdvanceOptions extends Neighbours {
  changes: Changes;
  log: Log;
}

const steps: Partial<Record<SigningStatus, Step>> = {
  accepted: submit,
  submitting: sign,
  signed: conserve,
  conserved: complete,
};

/** Tries of one step before it is given up: with the pauses below, about a day. */
const mostAttempts = 30;

const pauseMs = (attempts: number): number => {
  const longest = Math.min(1_000 * 2 ** attempts, 3_600_000);
  // Jitter, so that what failed together does not come back together.
  return longest / 2 + Math.random() * (longest / 2);
};

export const createAdvance = ({ changes, log, ...neighbours }: AdvanceOptions): Advance => {
  const { store } = neighbours;

  const giveUp = async (signing: Signing, error: unknown) => {
    const problem = error instanceof Problem ? error.type : 'signing-failed';
    await store.save(advanceTo(signing, 'failed', { problem }), [{ kind: 'failed', data: { problem } }], null);
  };

  const takeUp = async (signing: Signing, error: unknown) => {
    const attempts = signing.attempts + 1;
    log.error('a step failed', { signing: signing.id, step: signing.status, attempts, error: toCause(error) });
    const hopeless = error instanceof Problem || attempts > mostAttempts;
    // Once signed, the document stands: what comes after it is tried until it succeeds.
    if (hopeless && !signing.outputs.document) return giveUp(signing, error);
    await store.save({ ...signing, attempts }, [], pauseMs(attempts));
  };

  const takeStep = async (signing: Signing, pass: Pass): Promise<Signing | undefined> => {
    try {
      return await steps[signing.status]?.(signing, neighbours, pass);
    } catch (error) {
      await takeUp(signing, error);
      return undefined;
    }
  };

  const walk = async (signingId: string) => {
    const pass = { straight: false };
    let signing = await store.claim(signingId, leaseMs);
    while (signing && steps[signing.status]) {
      const startedAt = performance.now();
      const { status } = signing;
      signing = await takeStep(signing, pass);
      pass.straight = true;
      log.info('a step ended', {
        signing: signingId,
        step: status,
        durationMs: Math.round(performance.now() - startedAt),
      });
      changes.announce(signingId);
    }
  };

  return (signingId) =>
    walk(signingId).catch((error) => log.error('advancing failed', { signing: signingId, error: toCause(error) }));
};
