import { setTimeout as wait } from 'node:timers/promises';
import type { Scheduler, Work } from './scheduler.ts';

export interface EmbeddedSchedulerOptions {
  /** Rows of one work under way at once. */
  concurrency?: number;
  pollMs?: number;
}

/** One process, alone with its records: asks them what is due, and is woken when something is inserted. */
export const createEmbeddedScheduler = ({
  concurrency = 4,
  pollMs = 500,
}: EmbeddedSchedulerOptions = {}): Scheduler => {
  const runners = new Map<Work['name'], Runner>();
  const timers: NodeJS.Timeout[] = [];

  const startRunner = async (work: Work): Promise<void> => {
    await work.makeAllDue();
    const runner = createRunner(work, concurrency);
    runners.set(work.name, runner);
    timers.push(setInterval(() => void runner.poll(), work.pollMs ?? pollMs));
    await runner.poll();
  };

  return {
    async start(works) {
      for (const work of works) await startRunner(work);
    },
    wake: (name, id) => runners.get(name)?.run(id),
    async stop(deadlineMs) {
      timers.forEach(clearInterval);
      const ended = Promise.all(Array.from(runners.values(), (runner) => runner.stop()));
      await Promise.race([ended, wait(deadlineMs, undefined, { ref: false })]);
    },
  };
};

/** Runs the rows of one work, so many at once. */
interface Runner {
  run(id: string): void;
  /** Runs what is due, as far as there is room. */
  poll(): Promise<void>;
  stop(): Promise<unknown>;
}

const createRunner = (work: Work, concurrency: number): Runner => {
  const running = new Map<string, Promise<void>>();
  // Not run again before the next poll: what could not even be claimed, on a full disk say, is still due.
  const ranSincePoll = new Set<string>();
  let stopped = false;

  const run = (id: string): void => {
    if (stopped || running.has(id) || ranSincePoll.has(id) || running.size >= concurrency) return;
    const ended = work.run(id).finally(() => {
      running.delete(id);
      ranSincePoll.add(id);
      // More may be due than there was room for.
      void fill();
    });
    running.set(id, ended);
  };

  const fill = async (): Promise<void> => {
    if (stopped || running.size >= concurrency) return;
    // A store that does not answer is asked again at the next poll.
    const due = await work.findDue(concurrency * 2 + ranSincePoll.size).catch(() => []);
    due.forEach(run);
  };

  return {
    run,
    poll() {
      ranSincePoll.clear();
      return fill();
    },
    stop() {
      stopped = true;
      return Promise.all(running.values());
    },
  };
};
