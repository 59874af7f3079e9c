import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test, vi } from 'vitest';
import { createLog } from '#telemetry/log.ts';
import { createPostgresRecords, openPostgres } from '#records/database/postgres.ts';
import type { Records } from '#records/records.ts';
import { openSqliteRecords } from '#records/database/sqlite.ts';
import { isTried, tried } from '../../test/databases.ts';
import { createDatabase, query } from '../../test/postgres-server.ts';
import { createRecord, createRecordsDeps, insertRecord } from '../../test/records.ts';
import { createFolder } from '../../test/tools.ts';
import { patienceMs } from '../../test/until.ts';
import { createEmbeddedScheduler } from './embedded-scheduler.ts';
import { openPgBoss } from './pg-boss-scheduler.ts';
import type { Scheduler, Work } from './scheduler.ts';

const deps = createRecordsDeps();
const folder = createFolder();
afterAll(() => folder.remove());
const lines: string[] = [];
const log = createLog((line) => lines.push(line));

interface Instance {
  records: Records;
  scheduler: Scheduler;
}

/** A database with both schemas, of the records and of pg-boss: others are copied from it, which takes less. */
let made: string;
beforeAll(async () => {
  if (!isTried('PostgreSQL')) return;
  made = await createDatabase(inject('postgres'));
  await (await openPostgres(made, log)).destroy();
  await (await openPgBoss({ address: made, log })).scheduler.stop(1_000);
});

/** Each scheduler on the records that it belongs to. */
const kinds = {
  SQLite: {
    create: async () => join(folder.path, `${crypto.randomUUID()}.sqlite`),
    open: async (place: string): Promise<Instance> => ({
      records: await openSqliteRecords(place, deps),
      scheduler: createEmbeddedScheduler({ pollMs: 50 }),
    }),
  },
  PostgreSQL: {
    create: () => createDatabase(inject('postgres'), made),
    open: async (address: string): Promise<Instance> => {
      const db = await openPostgres(address, log);
      const { scheduler, enqueue } = await openPgBoss({ address, log, sweepMs: 200 });
      return { records: createPostgresRecords(db, { ...deps, enqueue }), scheduler };
    },
  },
};

/** Work that claims a row, takes a while, and is told how the row goes on. */
const createWork = (
  { signings }: Records,
  {
    take = () => Promise.resolve(),
    next = [] as (number | null)[],
  }: { take?: () => Promise<unknown>; next?: (number | null)[] } = {},
) => {
  const state = { ran: [] as string[], atOnce: 0, mostAtOnce: 0 };
  const work: Work = {
    name: 'advance',
    findDue: (limit) => signings.findDue(limit),
    dueInMs: (id) => signings.dueInMs(id),
    makeAllDue: () => signings.makeAllDue(),
    async run(id) {
      const claimed = await signings.claim(id, 30_000);
      if (!claimed) return;
      state.ran.push(id);
      state.atOnce += 1;
      state.mostAtOnce = Math.max(state.mostAtOnce, state.atOnce);
      await take();
      state.atOnce -= 1;
      await signings.save(claimed, { dueInMs: next.shift() ?? null });
    },
  };
  return { work, state };
};

describe.each(tried(kinds))('the scheduler on %s', (_name, { create, open }) => {
  let place: string;
  let instance: Instance;
  beforeEach(async () => {
    place = await create();
    instance = await open(place);
  });
  afterEach(async () => {
    await instance.scheduler.stop(1_000);
    await instance.records.close();
  });

  const insert = async (identifier: string): Promise<string> => {
    const record = createRecord({ identifier });
    expect(await insertRecord(instance.records.signings, record)).toBe('inserted');
    return record.signing.id;
  };
  /** One after the other: so many at once wait for a connection longer than a busy machine gives them. */
  const insertMany = async (count: number) => {
    const ids: string[] = [];
    for (let at = 0; at < count; at += 1) ids.push(await insert(`row ${at}`));
    return ids;
  };

  test('wakes the work for each row that is inserted, and once where it ends', async () => {
    const { work, state } = createWork(instance.records);
    await instance.scheduler.start([work]);
    const id = await insert('one');
    instance.scheduler.wake('advance', id);
    await vi.waitFor(() => expect(state.ran).toEqual([id]), { timeout: patienceMs, interval: 10 });
    await wait(600);
    expect(state.ran).toEqual([id]);
  });

  test('runs more rows than fit in at once, each once, and no more than four at once', async () => {
    const { work, state } = createWork(instance.records, { take: () => wait(20) });
    const ids = await insertMany(40);
    await instance.scheduler.start([work]);
    await vi.waitFor(() => expect(state.ran).toHaveLength(40), { timeout: patienceMs });
    expect(new Set(state.ran)).toEqual(new Set(ids));
    expect(state.mostAtOnce).toBeGreaterThan(1);
    expect(state.mostAtOnce).toBeLessThanOrEqual(4);
  });

  test('comes back to a row when it is due again', async () => {
    const { work, state } = createWork(instance.records, { next: [700, 0, null] });
    await instance.scheduler.start([work]);
    const id = await insert('again');
    instance.scheduler.wake('advance', id);
    await vi.waitFor(() => expect(state.ran).toHaveLength(1), { timeout: patienceMs, interval: 10 });
    const ranAt = performance.now();
    await vi.waitFor(() => expect(state.ran).toEqual([id, id, id]), { timeout: patienceMs, interval: 10 });
    expect(performance.now() - ranAt).toBeGreaterThan(650);
  });

  test('takes up what an earlier run left, under leases that have ended', async () => {
    const [one, two] = await insertMany(2);
    await instance.records.signings.claim(one!, 300);
    await instance.scheduler.stop(1_000);
    await instance.records.close();
    instance = await open(place);
    const { work, state } = createWork(instance.records);
    await instance.scheduler.start([work]);
    await vi.waitFor(() => expect(state.ran.toSorted()).toEqual([one!, two!].toSorted()), { timeout: patienceMs });
  });

  test('a stop waits for the work under way and begins no other', async () => {
    const { promise: done, resolve: finish } = Promise.withResolvers<void>();
    const { work, state } = createWork(instance.records, { take: () => done });
    const id = await insert('under way');
    await instance.scheduler.start([work]);
    await vi.waitFor(() => expect(state.ran).toHaveLength(1), { timeout: patienceMs, interval: 10 });
    const stopped = instance.scheduler.stop(60_000);
    const late = await insert('late');
    instance.scheduler.wake('advance', late);
    finish();
    await stopped;
    expect(state.atOnce).toBe(0);
    expect(await instance.records.signings.dueInMs(id)).toBeNull();
    expect(await instance.records.signings.dueInMs(late)).toBe(0);
    expect(state.ran).toEqual([id]);
  });

  test('a stop ends at its deadline where the work does not', async () => {
    const { promise: done, resolve: finish } = Promise.withResolvers<void>();
    const { work, state } = createWork(instance.records, { take: () => done });
    await insert('long');
    await instance.scheduler.start([work]);
    await vi.waitFor(() => expect(state.ran).toHaveLength(1), { timeout: patienceMs, interval: 10 });
    await instance.scheduler.stop(200);
    expect(state.atOnce).toBe(1);
    finish();
    await vi.waitFor(() => expect(state.atOnce).toBe(0), { timeout: patienceMs });
  });
});

const onPostgres = test.runIf(isTried('PostgreSQL'));

onPostgres('a job is there when its row is, and goes with it when the transaction does', async () => {
  const address = await createDatabase(inject('postgres'));
  const db = await openPostgres(address, log);
  const { scheduler, enqueue } = await openPgBoss({ address, log });
  const { signings } = createPostgresRecords(db, { ...deps, enqueue });
  const count = async () => Number((await query(address, 'select count(*) from pgboss.job'))[0]!['count']);
  const record = createRecord();
  await insertRecord(signings, record);
  expect(await count()).toBe(1);
  expect(await insertRecord(signings, createRecord())).toBe('taken');
  expect(await count()).toBe(1);
  await expect(
    db.transaction().execute(async (trx) => {
      await enqueue(trx, 'advance', 'rolled back');
      throw new Error('rolled back');
    }),
  ).rejects.toThrow('rolled back');
  expect(await count()).toBe(1);
  await scheduler.stop(1_000);
  await db.destroy();
});

onPostgres('eight instances that start at once make one job queue', async () => {
  const address = await createDatabase(inject('postgres'));
  const started = await Promise.all(Array.from({ length: 8 }, () => openPgBoss({ address, log })));
  const found = await query(address, "select name from pgboss.queue where name like 'tu-esign-%' order by name");
  expect(found.map(({ name }) => name)).toEqual(['tu-esign-advance', 'tu-esign-notify']);
  await Promise.all(started.map(({ scheduler }) => scheduler.stop(1_000)));
});

onPostgres('jobs that are lost are sent again by the sweep', async () => {
  const address = await createDatabase(inject('postgres'));
  const { records, scheduler } = await kinds.PostgreSQL.open(address);
  const { work, state } = createWork(records);
  const record = createRecord();
  await insertRecord(records.signings, record);
  await query(address, 'delete from pgboss.job');
  await scheduler.start([work]);
  await vi.waitFor(() => expect(state.ran).toEqual([record.signing.id]), { timeout: patienceMs });
  await scheduler.stop(1_000);
  await records.close();
});
