import type { PgBoss } from 'pg-boss';
import { toCause, type Log } from '#telemetry/log.ts';
import type { Work } from './scheduler.ts';

export const queueOf = (work: Work['name']): string => `tu-esign-${work}`;

/**
 * A job says no more than: look at this row. At most one waits for each row (policy `short`, with the row's id as its
 * key), and any number may be running. Rows whose job is lost (deleted after 14 days, or never sent since an instance
 * was killed) are found by the sweep.
 */
export const queueOptions = {
  policy: 'short',
  // The job of an instance that was killed is taken back when its heartbeat stays away; the row when its lease ends.
  heartbeatSeconds: 30,
  expireInSeconds: 3_600,
  retryLimit: 2,
  retryDelay: 5,
  deleteAfterSeconds: 3_600,
} as const;

/** The workers of one work, in this instance. */
export interface Workers {
  /** Has an idle worker look at once, and not at its next poll. */
  wake(): void;
  /** From now on nothing new is run. */
  stop(): void;
}

export interface WorkersOptions {
  boss: PgBoss;
  work: Work;
  /** Rows under way at once. */
  concurrency: number;
  /** How often what is due is compared with the queue, in milliseconds. */
  sweepMs: number;
  log: Log;
}

export const startWorkers = async (options: WorkersOptions): Promise<Workers> => {
  const { boss, work, concurrency, sweepMs, log } = options;
  await boss.createQueue(queueOf(work.name), queueOptions);
  const idle = new Set<string>();
  const stopping = new AbortController();
  for (let started = 0; started < concurrency; started += 1)
    await startWorker({ boss, work, idle, stopping: stopping.signal });

  const wake = () => {
    const [worker] = idle;
    if (!worker) return;
    // Moved behind the others, so that the next call wakes another one.
    idle.delete(worker);
    idle.add(worker);
    boss.notifyWorker(worker);
  };
  const sweep = async () => {
    if (await sendDue(boss, work)) wake();
  };
  const everyMs = Math.max(sweepMs, work.pollMs ?? 0);
  const sweepOrLog = () => void sweep().catch(logError(log, 'comparing what is due with the queue failed'));
  const timer = setInterval(sweepOrLog, everyMs);
  // What is done seldom is not to wait for the first time.
  if (everyMs > sweepMs) sweepOrLog();
  stopping.signal.addEventListener('abort', () => clearInterval(timer));
  return { wake, stop: () => stopping.abort() };
};

/** Logs what was thrown; pg-boss throws some errors as plain objects. */
export const logError = (log: Log, message: string) => (error: unknown) => {
  const cause = error instanceof Error ? error : Object.assign(new Error(), error);
  log.error(message, { error: toCause(cause) });
};

interface WorkerOptions extends Pick<WorkersOptions, 'boss' | 'work'> {
  idle: Set<string>;
  stopping: AbortSignal;
}

/** A worker takes one row at a time: a batch would wait for its slowest row. */
const startWorker = async ({ boss, work, idle, stopping }: WorkerOptions): Promise<void> => {
  const options = { pollingIntervalSeconds: 2 };
  const worker: string = await boss.work<{ id: string }>(queueOf(work.name), options, async ([job]) => {
    const { id } = job!.data;
    idle.delete(worker);
    try {
      // A row whose job arrives as the service stops is left to others: it gets a new job.
      if (!stopping.aborted) await work.run(id);
      await sendLater(boss, work, id);
    } finally {
      idle.add(worker);
      // More may be waiting: it fetches again at once, until there is nothing left.
      boss.notifyWorker(worker);
    }
  });
  idle.add(worker);
};

/** Has the row looked at again when it is due. */
const sendLater = async (boss: PgBoss, work: Work, id: string): Promise<void> => {
  const dueInMs = await work.dueInMs(id);
  if (dueInMs === null) return;
  // By another key: under the row's own, a job for later would keep out one for now.
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
