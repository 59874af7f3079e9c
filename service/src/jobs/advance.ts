import type { SigningStatus } from '@tu-esign/contract';
import { toCause, type Log } from '#log.ts';
import type { Changes } from '#signing/changes.ts';
import type { Signing } from '#signing/signing.ts';
import { complete, conserve } from './conserve.ts';
import { holdLease, leaseMs, type Lease } from './lease.ts';
import { takeUp } from './retry.ts';
import type { Work } from './scheduler.ts';
import { sign, submit } from './sign.ts';
import type { Neighbours, Step } from './step.ts';

export interface AdvanceOptions extends Neighbours {
  changes: Changes;
  log: Log;
  /** Aborted when the service stops: what is under way is handed back where it can be. */
  stopping: AbortSignal;
}

const steps: Partial<Record<SigningStatus, Step>> = {
  accepted: submit,
  submitting: sign,
  signed: conserve,
  conserved: complete,
};

/** The work that takes signings as far as they go; what failed is tried again, or is in the record. */
export const createAdvance = ({ changes, log, stopping, ...neighbours }: AdvanceOptions): Work => {
  const { store } = neighbours;

  const takeStep = async (signing: Signing, straight: boolean, lease: Lease): Promise<Signing | undefined> => {
    try {
      return await steps[signing.status]?.(signing, neighbours, { straight, lease });
    } catch (error) {
      const { id, status, attempts } = signing;
      log.error('a step failed', { signing: id, step: status, attempts: attempts + 1, error: toCause(error) });
      await takeUp(signing, error, neighbours);
      return undefined;
    }
  };

  const takeStepUnderLease = async (signing: Signing, straight: boolean, takenAt: number) => {
    const lease = holdLease(store, signing, takenAt);
    try {
      return await takeStep(signing, straight, lease);
    } finally {
      lease.end();
      const durationMs = Math.round(performance.now() - takenAt);
      log.info('a step ended', { signing: signing.id, step: signing.status, durationMs });
      changes.announce(signing.id);
    }
  };

  const walk = async (signingId: string): Promise<void> => {
    let takenAt = performance.now();
    let signing = await store.claim(signingId, leaseMs);
    let straight = false;
    while (signing && steps[signing.status]) {
      // Not between intention and call, where a pause would look like a lost answer.
      if (stopping.aborted && signing.status !== 'submitting') return store.release(signing);
      const startedAt = takenAt;
      takenAt = performance.now();
      signing = await takeStepUnderLease(signing, straight, startedAt);
      straight = true;
    }
  };

  return {
    name: 'advance',
    run: (signingId) =>
      walk(signingId).catch((error) => log.error('advancing failed', { signing: signingId, error: toCause(error) })),
    findDue: (limit) => store.findDue(limit),
    dueInMs: (id) => store.dueInMs(id),
    makeAllDue: () => store.makeAllDue(),
  };
};
