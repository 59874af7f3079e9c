import { setTimeout as wait } from 'node:timers/promises';
import type { Advance } from './advance.ts';
import type { Scheduler } from './scheduler.ts';
import type { SigningStore } from '#storage/signing-store.ts';

export interface EmbeddedSchedulerOptions {
  store: SigningStore;
  advance: Advance;
  /** Signings under way at once. */
  concurrency?: number;
  pollMs?: number;
}

/** One process, alone with its records: asks them what is due, and is woken when something is accepted. */
export const createEmbeddedScheduler = ({
  store,
  advance,
  concurrency = 4,
  pollMs = 500,
}: EmbeddedSchedulerOptions): Scheduler => {
  const running = new Map<string, Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let stopped = true;

  const run = (signingId: string) => {
    if (stopped || running.has(signingId) || running.size >= concurrency) return;
    const work = advance(signingId).finally(() => {
      running.delete(signingId);
      // There may be more than fitted in.
      void fill();
    });
    running.set(signingId, work);
  };

  const fill = async () => {
    if (stopped || running.size >= concurrency) return;
    // A store that does not answer is asked again at the next poll.
    const due = await store.findDue(concurrency * 2).catch(() => []);
    due.forEach(run);
  };

  return {
    async start() {
      stopped = false;
      await store.makeAllDue();
      timer = setInterval(() => void fill(), pollMs);
      await fill();
    },
    wake: run,
    async stop(deadlineMs) {
      stopped = true;
      clearInterval(timer);
      await Promise.race([Promise.all(running.values()), wait(deadlineMs, undefined, { ref: false })]);
    },
  };
};
