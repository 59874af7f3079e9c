import type { SigningStatus } from '@tu-esign/contract';
import type { Work } from '#scheduling/scheduler.ts';
import type { Changes } from '#signing/changes.ts';
import type { Signing } from '#signing/signing.ts';
import { toCause, type Log } from '#telemetry/log.ts';
import { noMeter, type Meter, type StepOutcome } from '#telemetry/meter.ts';
import { noTracer, type Tracer } from '#telemetry/tracer.ts';
import { collect } from './collect.ts';
import { toFailure } from './failure.ts';
import { handleFailure } from './handle-failure.ts';
import { holdLease, leaseMs } from './lease.ts';
import { sign, submit } from './sign.ts';
import { isFailure, type Deps, type Step, type StepCircumstances } from './step.ts';

export interface AdvanceOptions extends Deps {
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
  const { changes, log, stopping, meter = noMeter, tracer = noTracer, ...deps } = options;
  const { store } = deps;

  const takeStep = async (signing: Signing, circumstances: StepCircumstances): Promise<Signing | undefined> => {
    const result = await steps[signing.status]?.(signing, deps, circumstances);
    return isFailure(result) ? handleFailure(signing, result, deps) : result;
  };

  /** An error is a failure as well. What comes next is left to whichever worker is free: what fails holds up nobody. */
  const handleError = async (signing: Signing, error: unknown): Promise<void> => {
    const { id, status, attempts } = signing;
    log.error('a step failed', { signing: id, step: status, attempts: attempts + 1, error: toCause(error) });
    const saved = await handleFailure(signing, toFailure(error, signing), deps);
    if (saved && steps[saved.status]) await store.release(saved);
  };

  const takeMeasuredStep = async (signing: Signing, circumstances: StepCircumstances): Promise<Signing | undefined> => {
    const { status } = signing;
    const startedAt = performance.now();
    const end = (outcome: StepOutcome) => meter.stepEnded(status, outcome, (performance.now() - startedAt) / 1000);
    try {
      const span = { name: `step ${status}`, attributes: { 'tu_esign.step': status } };
      const next = await tracer.trace(span, () => takeStep(signing, circumstances));
      end('done');
      return next;
    } catch (error) {
      end('failed');
      await handleError(signing, error);
      return undefined;
    }
  };

  const takeStepUnderLease = async (signing: Signing, sameProcess: boolean, claimedAt: number) => {
    const lease = holdLease(store, signing, claimedAt);
    try {
      return await takeMeasuredStep(signing, { sameProcess, lease });
    } finally {
      lease.end();
      const durationMs = Math.round(performance.now() - claimedAt);
      log.info('a step ended', { signing: signing.id, step: signing.status, durationMs });
      changes.announce(signing.id);
    }
  };

  const walk = async (signingId: string): Promise<void> => {
    let claimedAt = performance.now();
    let signing = await store.claim(signingId, leaseMs);
    let sameProcess = false;
    while (signing && steps[signing.status]) {
      // Not between intention and call: whoever takes it up then would have to assume that the call was made.
      if (stopping.aborted && signing.status !== 'submitting') return store.release(signing);
      const startedAt = claimedAt;
      // The next claim is made as this step saves, and so not before now.
      claimedAt = performance.now();
      signing = await takeStepUnderLease(signing, sameProcess, startedAt);
      sameProcess = true;
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
