import type { PgBoss } from 'pg-boss';
import { toCause, type Log } from '#telemetry/log.ts';
import type { Work } from './scheduler.ts';

export const queueOf = (work: Work['name']): string => `tu-esign-${work}`;

/**
 * A job is a call to look at a row, no more: one waits for each row (policy `short` and the row's id as key), any
 * number may run. What a queue forgets (a job of 14 days, an instance killed between two jobs) the sweep finds.
 */
export const queueOptions = {
  policy: 'short',
  // An instance that was killed is noticed by its silence; the row itself is free when its lease ends.
  heartbeatSeconds: 30,
  expireInSeconds: 3_600,
  retryLimit: 2,
  retryDelay: 5,
  deleteAfterSeconds: 3_600,
} as const;

/** The workers of one work, in this instance. */
export interface Line {
  /** Has an idle worker look now, not at its next poll. */
  wake(): void;
  /** Runs nothing new. */
  stop(): void;
}

export interface LineOptions {
  boss: PgBoss;
  work: Work;
  /** Rows under way at once. */
  concurrency: number;
  /** How often what is due is compared with the queue, in milliseconds. */
  sweepMs: number;
  log: Log;
}

export const createLine = async ({ boss, work, concurrency, sweepMs, log }: LineOptions): Promise<Line> => {
  await boss.createQueue(queueOf(work.name), queueOptions);
  const idle = new Set<string>();
  const stopping = new AbortController();
  for (let started = 0; started < concurrency; started += 1)
    await startWorker({ boss, work, idle, stopping: stopping.signal });

  const wake = () => {
    const [worker] = idle;
    if (!worker) return;
    // To the end of the line: the next call is another's.
    idle.delete(worker);
    idle.add(worker);
    boss.notifyWorker(worker);
  };
  const sweep = async () => {
    if (await sendDue(boss, work)) wake();
  };
  const everyMs = Math.max(sweepMs, work.pollMs ?? 0);
  const timer = setInterval(() => void sweep().catch(told(log, 'sweeping failed')), everyMs);
  stopping.signal.addEventListener('abort', () => clearInterval(timer));
  return { wake, stop: () => stopping.abort() };
};

/** pg-boss tells some errors as plain objects. */
export const told = (log: Log, message: string) => (error: unknown) => {
  const cause = error instanceof Error ? error : Object.assign(new Error(), error);
  log.error(message, { error: toCause(cause) });
};

interface WorkerOptions extends Pick<LineOptions, 'boss' | 'work'> {
  idle: Set<string>;
  stopping: AbortSignal;
}

/** One row at a time; batches of pg-boss would wait for their slowest. */
const startWorker = async ({ boss, work, idle, stopping }: WorkerOptions): Promise<void> => {
  const options = { pollingIntervalSeconds: 2 };
  const worker: string = await boss.work<{ id: string }>(queueOf(work.name), options, async ([job]) => {
    const { id } = job!.data;
    idle.delete(worker);
    try {
      // What came as the stop began is handed back.
      if (!stopping.aborted) await work.run(id);
      await sendLater(boss, work, id);
    } finally {
      idle.add(worker);
      // There may be more: an empty fetch ends this.
      boss.notifyWorker(worker);
    }
  });
  idle.add(worker);
};

/** Has the row looked at again when it is due. */
const sendLater = async (boss: PgBoss, work: Work, id: string): Promise<void> => {
  const dueInMs = await work.dueInMs(id);
  if (dueInMs === null) return;
  // Beside the job that says "now", so that one for later does not keep that one out.
  const later = { singletonKey: `${id} later`, startAfter: Math.max(1, Math.ceil(dueInMs / 1_000)) };
  await boss.send(queueOf(work.name), { id }, later);
};

/** Sends a job for what is due; a row that has one waiting gets no other. */
const sendDue = async (boss: PgBoss, work: Work): Promise<boolean> => {
  let sent = false;
  for (const id of await work.findDue(50)) {
    const job = await boss.send(queueOf(work.name), { id }, { singletonKey: id });
    sent ||= job !== null;
  }
  return sent;
};
