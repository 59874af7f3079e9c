import { setTimeout as wait } from 'node:timers/promises';
import { expect, inject, test } from 'vitest';
import { createLog } from '#telemetry/log.ts';
import { createDatabase, query } from '../../../test/postgres-server.ts';
import { createRecord, createRecordsDeps, insertRecord } from '../../../test/records.ts';
import { createPostgresRecords, ForgetfulDatabaseError, openPostgres } from './postgres.ts';

const lines: string[] = [];
const log = createLog((line) => lines.push(line));
const deps = createRecordsDeps();

test('eight that start together on an empty database bring its schema up to date once', async () => {
  const address = await createDatabase(inject('postgres'));
  const started = await Promise.all(Array.from({ length: 8 }, () => openPostgres(address, log)));
  const applied = await query(address, 'select name from kysely_migration order by name');
  expect(applied.map(({ name }) => name)).toEqual([...new Set(applied.map(({ name }) => name))]);
  expect(applied.length).toBeGreaterThan(2);
  const stores = started.map((db) => createPostgresRecords(db, deps).signings);
  const inserted = await Promise.all(stores.map((store) => insertRecord(store, createRecord())));
  expect(inserted.filter((result) => result === 'inserted')).toHaveLength(1);
  await Promise.all(started.map((db) => db.destroy()));
});

test('a server that may forget what it acknowledged is refused', async () => {
  const address = await createDatabase(inject('postgres'));
  const [{ name }] = (await query(address, 'select current_database() as name')) as [{ name: string }];
  await query(address, `alter database ${name} set synchronous_commit = off`);
  await expect(openPostgres(address, log)).rejects.toThrow(ForgetfulDatabaseError);
});

const endConnections = async (address: string): Promise<void> => {
  const statement = `
    select count(pg_terminate_backend(pid)) as ended from pg_stat_activity
    where datname = current_database() and application_name = 'tu-esign'`;
  const [row] = await query(address, statement);
  expect(Number(row!['ended'])).toBeGreaterThan(0);
};

test('a transaction whose connection ends between two statements fails, and nothing else does', async () => {
  const address = await createDatabase(inject('postgres'));
  const db = await openPostgres(address, log);
  const transaction = db.transaction().execute(async (trx) => {
    await trx.selectFrom('signings').selectAll().execute();
    await endConnections(address);
    await wait(100);
    await trx.selectFrom('signings').selectAll().execute();
  });
  await expect(transaction).rejects.toMatchObject({ type: 'storage-unavailable' });
  expect(await db.selectFrom('signings').selectAll().execute()).toEqual([]);
  await db.destroy();
});

test('connections that the server ends are replaced, and what was under way is told', async () => {
  const address = await createDatabase(inject('postgres'));
  const records = createPostgresRecords(await openPostgres(address, log), deps);
  const record = createRecord();
  expect(await insertRecord(records.signings, record)).toBe('inserted');
  await endConnections(address);
  await expect.poll(() => lines.join()).toContain('a connection to the database broke');
  expect(await records.signings.find(record.signing.id)).toEqual(record.signing);
  await records.close();
});
