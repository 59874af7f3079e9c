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
  const fillAll = () => Promise.all(Array.from(lines.values(), (line) => line.fill()));
  let timer: NodeJS.Timeout | undefined;

  return {
    async start(works) {
      for (const work of works) {
        await work.makeAllDue();
        lines.set(work.name, createLine(work, concurrency));
      }
      timer = setInterval(() => void fillAll(), pollMs);
      await fillAll();
    },
    wake: (name, id) => lines.get(name)?.run(id),
    async stop(deadlineMs) {
      clearInterval(timer);
      const ended = Promise.all(Array.from(lines.values(), (line) => line.stop()));
      await Promise.race([ended, wait(deadlineMs, undefined, { ref: false })]);
    },
  };
};

/** The rows of one work that are under way. */
interface Line {
  run(id: string): void;
  /** Takes up what is due, as far as there is room. */
  fill(): Promise<void>;
  stop(): Promise<unknown>;
}

const createLine = (work: Work, concurrency: number): Line => {
  const running = new Map<string, Promise<void>>();
  let stopped = false;
  const line: Line = {
    run(id) {
      if (stopped || running.has(id) || running.size >= concurrency) return;
      const run = work.run(id).finally(() => {
        running.delete(id);
        // There may be more than fitted in.
        void line.fill();
      });
      running.set(id, run);
    },
    async fill() {
      if (stopped || running.size >= concurrency) return;
      // A store that does not answer is asked again at the next poll.
      const due = await work.findDue(concurrency * 2).catch(() => []);
      due.forEach((id) => line.run(id));
    },
    stop() {
      stopped = true;
      return Promise.all(running.values());
    },
  };
  return line;
};
