import type { Pool } from 'pg';
import { fromKysely, PgBoss } from 'pg-boss';
import type { Log } from '#telemetry/log.ts';
import { createPool, patienceMs } from '#records/database/postgres.ts';
import type { Enqueue } from '#records/deps.ts';
import { logError, queueOf, queueOptions, startWorkers, type Workers } from './pg-boss-workers.ts';
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

/** Works whose jobs are sent by transactions, before any worker has started. */
const enqueued = ['advance', 'notify'] as const;

/** Opens pg-boss on the records' database, in a schema of its own that it migrates itself. */
export const openPgBoss = async (options: PgBossOptions): Promise<PgBossQueue> => {
  const { address, log, concurrency = 4, sweepMs = 5_000 } = options;
  const pool = openConnections(address, log);
  const boss = createBoss(pool, log);
  await boss.start({ attempts: 3 });
  for (const work of enqueued) await boss.createQueue(queueOf(work), queueOptions);
  const workers = new Map<Work['name'], Workers>();
  return {
    async enqueue(trx, work, id) {
      await boss.send(queueOf(work), { id }, { singletonKey: id, db: fromKysely(trx) });
    },
    scheduler: {
      async start(works) {
        for (const work of works) workers.set(work.name, await startWorkers({ boss, work, concurrency, sweepMs, log }));
      },
      wake: (work) => workers.get(work)?.wake(),
      async stop(deadlineMs) {
        workers.forEach((each) => each.stop());
        // Where jobs cannot be handed back, since the database is away, their rows are free when their leases end.
        await boss.stop({ graceful: true, timeout: deadlineMs }).catch(logError(log, 'the job queue did not stop'));
        if (!pool.ending) await pool.end();
      },
    },
  };
};

/** On connections of its own, so that requests and jobs do not wait for each other's. */
const openConnections = (address: string, log: Log) => {
  // Long enough for a migration of its own; a statement that never ends would hold up its worker for good.
  const bounds = { max: 5, query_timeout: 60_000, connectionTimeoutMillis: patienceMs };
  return createPool({ connectionString: address, application_name: 'tu-esign jobs', ...bounds }, log);
};

const createBoss = (pool: Pool, log: Log): PgBoss => {
  const db = { executeSql: (text: string, values?: unknown[]) => pool.query(text, values) };
  const boss = new PgBoss({ db, schedule: false, superviseIntervalSeconds: 15, monitorIntervalSeconds: 15 });
  // Node ends a process for an 'error' event that nobody listens to.
  boss.on('error', logError(log, 'the job queue had an error'));
  return boss;
};
