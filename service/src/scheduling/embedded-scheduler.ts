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
  const lines = new Map<Work['name'], Line>();
  const timers: NodeJS.Timeout[] = [];

  const startLine = async (work: Work): Promise<void> => {
    await work.makeAllDue();
    const line = createLine(work, concurrency);
    lines.set(work.name, line);
    timers.push(setInterval(() => void line.poll(), work.pollMs ?? pollMs));
    await line.poll();
  };

  return {
    async start(works) {
      for (const work of works) await startLine(work);
    },
    wake: (name, id) => lines.get(name)?.run(id),
    async stop(deadlineMs) {
      timers.forEach(clearInterval);
      const ended = Promise.all(Array.from(lines.values(), (line) => line.stop()));
      await Promise.race([ended, wait(deadlineMs, undefined, { ref: false })]);
    },
  };
};

/** The rows of one work that are under way. */
interface Line {
  run(id: string): void;
  /** Takes up what is due, as far as there is room. */
  poll(): Promise<void>;
  stop(): Promise<unknown>;
}

const createLine = (work: Work, concurrency: number): Line => {
  const running = new Map<string, Promise<void>>();
  // What could not even be claimed, on a full disk say, is not tried again before the next poll.
  const resting = new Set<string>();
  let stopped = false;

  const run = (id: string): void => {
    if (stopped || running.has(id) || resting.has(id) || running.size >= concurrency) return;
    const ended = work.run(id).finally(() => {
      running.delete(id);
      resting.add(id);
      // There may be more than fitted in.
      void fill();
    });
    running.set(id, ended);
  };

  const fill = async (): Promise<void> => {
    if (stopped || running.size >= concurrency) return;
    // A store that does not answer is asked again at the next poll.
    const due = await work.findDue(concurrency * 2 + resting.size).catch(() => []);
    due.forEach(run);
  };

  return {
    run,
    poll() {
      resting.clear();
      return fill();
    },
    stop() {
      stopped = true;
      return Promise.all(running.values());
    },
  };
};
