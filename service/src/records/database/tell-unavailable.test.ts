import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import { DatabaseError } from 'pg';
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import { createLog } from '#telemetry/log.ts';
import type { Schema } from '#records/schema.ts';
import { createDatabase } from '../../../test/postgres-server.ts';
import { createFolder } from '../../../test/tools.ts';
import { createNodeSqliteDialect } from './node-sqlite.ts';
import { openPostgres } from './postgres.ts';

interface Things {
  things: { id: number; content: Uint8Array | null };
}

/** The problem, and the driver's own code for it. */
const unavailable = (cause: object) => ({ type: 'storage-unavailable', cause });

const open = (path: string, options: { readOnly?: boolean } = {}) => {
  const database = new DatabaseSync(path, { timeout: 0, ...options });
  const db = new Kysely<Things>({ dialect: createNodeSqliteDialect(database) });
  onTestFinished(() => db.destroy());
  return { database, db };
};

const insert = (db: Kysely<Things>, id: number, bytes = 1) =>
  db
    .insertInto('things')
    .values({ id, content: Buffer.alloc(bytes) })
    .execute();

const insertKey = (into: Kysely<Schema>, name: string) =>
  into.insertInto('keys').values({ name, files_json: '{}' }).execute();

describe('SQLite', () => {
  const folder = createFolder();
  afterAll(() => folder.remove());

  const createThings = (name: string) => {
    const path = join(folder.path, name);
    const opened = open(path);
    opened.database.exec('create table things (id integer primary key, content blob)');
    return { path, ...opened };
  };
  test('a disk that is full is told, and not the rollback that SQLite has done by itself', async () => {
    const { database, db } = createThings('full');
    database.exec('pragma max_page_count = 10');
    const fill = db.transaction().execute(async (trx) => {
      await insert(trx, 1);
      await insert(trx, 2, 1_000_000);
    });
    await expect(fill).rejects.toMatchObject(unavailable({ errcode: 13 }));
    await insert(db, 3);
    expect(await db.selectFrom('things').select('id').execute()).toEqual([{ id: 3 }]);
  });

  test('a database that is read-only, and one that another process holds, are told', async () => {
    const { path, database } = createThings('held');
    await expect(insert(open(path, { readOnly: true }).db, 1)).rejects.toMatchObject(unavailable({ errcode: 8 }));
    database.exec('begin exclusive');
    await expect(insert(open(path).db, 1)).rejects.toMatchObject(unavailable({ errcode: 5 }));
    database.exec('rollback');
  });

  test('a wrong query is a bug, in a transaction as well', async () => {
    const { db } = createThings('wrong');
    await insert(db, 1);
    await expect(insert(db, 1)).rejects.toMatchObject({ code: 'ERR_SQLITE_ERROR' });
    const twice = db.transaction().execute(async (trx) => {
      await insert(trx, 2);
      await insert(trx, 2);
    });
    await expect(twice).rejects.toMatchObject({ code: 'ERR_SQLITE_ERROR' });
    await expect(sql`select nothing from nowhere`.execute(db)).rejects.toMatchObject({ code: 'ERR_SQLITE_ERROR' });
    await expect(sql`select ${1}, ${new Date()}`.execute(db)).rejects.toThrow(TypeError);
    expect(await db.selectFrom('things').select('id').execute()).toEqual([{ id: 1 }]);
  });
});

describe('PostgreSQL', () => {
  const log = createLog(() => {});
  let db: Kysely<Schema>;
  beforeAll(async () => {
    db = await openPostgres(await createDatabase(inject('postgres')), log);
  });
  afterAll(() => db.destroy());

  test('a server that is not reached, and a database that is not there, are told', async () => {
    const nobody = openPostgres('postgres://postgres@127.0.0.1:9/nothing', log);
    await expect(nobody).rejects.toMatchObject(unavailable({ code: 'ECONNREFUSED' }));
    const address = new URL(inject('postgres'));
    address.pathname = '/nothing';
    await expect(openPostgres(address.href, log)).rejects.toMatchObject(unavailable({ code: '3D000' }));
  });

  test('a database that takes no writes, or too long, is told', async () => {
    const write = db
      .transaction()
      .setAccessMode('read only')
      .execute((trx) => insertKey(trx, 'one'));
    await expect(write).rejects.toMatchObject(unavailable({ code: '25006' }));
    const wait = db.transaction().execute(async (trx) => {
      await sql`set local statement_timeout = 20`.execute(trx);
      await sql`select pg_sleep(5)`.execute(trx);
    });
    await expect(wait).rejects.toMatchObject(unavailable({ code: '57014' }));
  });

  test('a wrong query is a bug, in a transaction as well', async () => {
    const twice = db.transaction().execute(async (trx) => {
      await insertKey(trx, 'two');
      await insertKey(trx, 'two');
    });
    await expect(twice).rejects.toThrow(DatabaseError);
    await expect(sql`select nothing from nowhere`.execute(db)).rejects.toThrow(DatabaseError);
    await expect(sql`select ${'text'}::int`.execute(db)).rejects.toThrow(DatabaseError);
    expect(await db.selectFrom('keys').select('name').execute()).toEqual([]);
  });
});
