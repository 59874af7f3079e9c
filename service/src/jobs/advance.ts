import type { SigningStatus } from '@tu-esign/contract';
import { toCause, type Log } from '#telemetry/log.ts';
import { noMeter, type Meter, type StepOutcome } from '#telemetry/meter.ts';
import type { Changes } from '#signing/changes.ts';
import type { Signing } from '#signing/signing.ts';
import { noTracer, type Tracer } from '#telemetry/tracer.ts';
import { collect } from './collect.ts';
import { holdLease, leaseMs, type Lease } from './lease.ts';
import { takeUp } from './retry.ts';
import type { Work } from '#scheduling/scheduler.ts';
import { sign, submit } from './sign.ts';
import type { Neighbours, Step } from './step.ts';

export interface AdvanceOptions extends Neighbours {
  changes: Changes;
  log: Log;
  meter?: Meter;
  tracer?: Tracer;
  /** Aborted when the service stops: what is under way is handed back where it can be. */
  stopping: AbortSignal;
}

const steps: Partial<Record<SigningStatus, Step>> = {
  accepted: submit,
  submitting: sign,
  signed: collect,
  conserved: collect,
};

/** The work that takes signings as far as they go; what failed is tried again, or is in the record. */
export const createAdvance = (options: AdvanceOptions): Work => {
  const { changes, log, stopping, meter = noMeter, tracer = noTracer, ...neighbours } = options;
  const { store } = neighbours;

  const takeStep = async (signing: Signing, straight: boolean, lease: Lease): Promise<Signing | undefined> => {
    const { id, status, attempts } = signing;
    const startedAt = performance.now();
    const end = (outcome: StepOutcome) => meter.stepEnded(status, outcome, (performance.now() - startedAt) / 1000);
    const attributes = { 'tu_esign.step': status };
    try {
      const step = async () => steps[status]?.(signing, neighbours, { straight, lease });
      const next = await tracer.trace({ name: `step ${status}`, attributes }, step);
      end('done');
      return next;
    } catch (error) {
      end('failed');
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
      tracer
        .trace({ name: 'advance', attributes: { 'tu_esign.signing': signingId } }, () => walk(signingId))
        .catch((error) => log.error('advancing failed', { signing: signingId, error: toCause(error) })),
    findDue: (limit) => store.findDue(limit),
    dueInMs: (id) => store.dueInMs(id),
    makeAllDue: () => store.makeAllDue(),
  };
};
