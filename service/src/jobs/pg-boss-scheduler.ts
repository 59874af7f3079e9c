import type { Pool } from 'pg';
import { fromKysely, PgBoss, type Job } from 'pg-boss';
import { toCause, type Log } from '#log.ts';
import { createPool } from '#storage/postgres.ts';
import type { Enqueue } from '#storage/records.ts';
import type { Scheduler, Work } from './scheduler.ts';

export interface PgBossOptions {
  /** Of the database that the records are in. */
  address: string;
  log: Log;
  /** Rows of one work under way at once, in this instance. */
  concurrency?: number;
  /** How often what is due is compared with the queues, in milliseconds. */
  sweepMs?: number;
}

/** The job queue of all instances, and how a transaction puts a job into it. */
export interface PgBossQueue {
  scheduler: Scheduler;
  enqueue: Enqueue;
}

interface Target {
  id: string;
}

const queueOf = (work: Work['name']): string => `tu-esign-${work}`;
/** Works whose jobs are sent by transactions, before any worker has started. */
const enqueued = ['advance', 'notify'] as const;

/**
 * A job is a call to look at a row, no more: one waits for each row (policy `short` and the row's id as key), any
 * number may run. What a queue forgets (a job of 14 days, an instance killed between two jobs) the sweep finds.
 */
const queueOptions = {
  policy: 'short',
  // An instance that was killed is noticed by its silence; the row itself is free when its lease ends.
  heartbeatSeconds: 30,
  expireInSeconds: 3_600,
  retryLimit: 2,
  retryDelay: 5,
  deleteAfterSeconds: 3_600,
} as const;

/** Opens pg-boss on the records' database, in a schema of its own that it migrates itself. */
export const openPgBoss = async (options: PgBossOptions): Promise<PgBossQueue> => {
  const { address, log, concurrency = 4, sweepMs = 5_000 } = options;
  const pool = openConnections(address, log);
  const boss = createBoss(pool, log);
  await boss.start({ attempts: 3 });
  for (const work of enqueued) await boss.createQueue(queueOf(work), queueOptions);
  const lines = new Map<Work['name'], Line>();
  return {
    async enqueue(trx, work, id) {
      await boss.send(queueOf(work), { id }, { singletonKey: id, db: fromKysely(trx) });
    },
    scheduler: {
      async start(works) {
        for (const work of works) lines.set(work.name, await createLine({ boss, work, concurrency, sweepMs, log }));
      },
      wake: (work) => lines.get(work)?.wake(),
      async stop(deadlineMs) {
        lines.forEach((line) => line.stop());
        // What it cannot hand back, with the database away say, is free when its lease ends.
        await boss.stop({ graceful: true, timeout: deadlineMs }).catch(told(log, 'the job queue did not stop'));
        if (!pool.ending) await pool.end();
      },
    },
  };
};

/** On connections of its own, so that requests and jobs do not wait for each other's. */
const openConnections = (address: string, log: Log) => {
  // Long enough for a migration of its own; a statement that never ends would hold up its worker for good.
  const bounds = { max: 5, query_timeout: 60_000 };
  return createPool({ connectionString: address, application_name: 'tu-esign jobs', ...bounds }, log);
};

const createBoss = (pool: Pool, log: Log): PgBoss => {
  const db = { executeSql: (text: string, values?: unknown[]) => pool.query(text, values) };
  const boss = new PgBoss({ db, schedule: false, superviseIntervalSeconds: 15, monitorIntervalSeconds: 15 });
  // Unheard, it would end the process.
  boss.on('error', told(log, 'the job queue had an error'));
  return boss;
};

/** The workers of one work. */
interface Line {
  /** Has an idle worker look now, not at its next poll. */
  wake(): void;
  /** Compares no more what is due with the queue. */
  stop(): void;
}

interface LineOptions extends Required<Omit<PgBossOptions, 'address'>> {
  boss: PgBoss;
  work: Work;
}

const createLine = async ({ boss, work, concurrency, sweepMs, log }: LineOptions): Promise<Line> => {
  const queue = queueOf(work.name);
  await boss.createQueue(queue, queueOptions);
  const idle = new Set<string>();
  const wake = () => {
    const [worker] = idle;
    if (!worker) return;
    // To the end of the line: the next call is another's.
    idle.delete(worker);
    idle.add(worker);
    boss.notifyWorker(worker);
  };
  for (let started = 0; started < concurrency; started += 1) {
    const worker: string = await boss.work<Target>(queue, { pollingIntervalSeconds: 2 }, async ([job]) => {
      idle.delete(worker);
      try {
        await runJob(boss, work, job!);
      } finally {
        idle.add(worker);
        // There may be more: an empty fetch ends this.
        boss.notifyWorker(worker);
      }
    });
    idle.add(worker);
  }
  const sweep = async () => {
    if (await sendDue(boss, work)) wake();
  };
  const timer = setInterval(
    () => void sweep().catch(told(log, 'sweeping failed')),
    Math.max(sweepMs, work.pollMs ?? 0),
  );
  return { wake, stop: () => clearInterval(timer) };
};

/** pg-boss tells some errors as plain objects. */
const told = (log: Log, message: string) => (error: unknown) => {
  const cause = error instanceof Error ? error : Object.assign(new Error(), error);
  log.error(message, { error: toCause(cause) });
};

const runJob = async (boss: PgBoss, work: Work, { data: { id } }: Job<Target>): Promise<void> => {
  await work.run(id);
  const dueInMs = await work.dueInMs(id);
  if (dueInMs === null) return;
  // Beside the job that says "now", so that one for later does not keep that one out.
  const later = { singletonKey: `${id} later`, startAfter: Math.max(1, Math.ceil(dueInMs / 1_000)) };
  await boss.send(queueOf(work.name), { id }, later);
};

/** A row that has a job waiting gets no other. */
const sendDue = async (boss: PgBoss, work: Work): Promise<boolean> => {
  let sent = false;
  for (const id of await work.findDue(50)) {
    const job = await boss.send(queueOf(work.name), { id }, { singletonKey: id });
    sent ||= job !== null;
  }
  return sent;
};
