import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { createNodeSqliteDialect } from './node-sqlite.ts';

interface Tables {
  pages: { number: number; text?: string };
}

/** SQLite, which counts what is prepared. */
class Counting extends DatabaseSync {
  readonly prepared: string[] = [];

  override prepare(text: string): StatementSync {
    this.prepared.push(text);
    return super.prepare(text);
  }
}

const open = async () => {
  const database = new Counting(':memory:');
  const db = new Kysely<Tables>({ dialect: createNodeSqliteDialect(database) });
  onTestFinished(() => db.destroy());
  await sql`create table pages (number integer)`.execute(db);
  for (const number of [1, 2, 3]) await db.insertInto('pages').values({ number }).execute();
  return { database, db };
};

test('a statement is prepared once, and gives what it is asked with', async () => {
  const { database, db } = await open();
  const find = (number: number) => db.selectFrom('pages').selectAll().where('number', '=', number).execute();
  expect([await find(1), await find(3), await find(4)]).toEqual([[{ number: 1 }], [{ number: 3 }], []]);
  const times = (start: string) => database.prepared.filter((text) => text.startsWith(start)).length;
  expect([times('select'), times('insert')]).toEqual([1, 1]);
});

test('the same rows are read one by one, twice at once', async () => {
  const { db } = await open();
  const read = async () => {
    const numbers: number[] = [];
    for await (const { number } of db.selectFrom('pages').selectAll().orderBy('number').stream()) {
      numbers.push(number);
    }
    return numbers;
  };
  expect(await Promise.all([read(), read()])).toEqual([
    [1, 2, 3],
    [1, 2, 3],
  ]);
});

test('a statement that was kept sees a column that was added, and goes on after it was refused', async () => {
  const { db } = await open();
  const all = () => db.selectFrom('pages').selectAll().where('number', '<', 2).execute();
  expect(await all()).toEqual([{ number: 1 }]);
  await sql`alter table pages add column text text`.execute(db);
  expect(await all()).toEqual([{ number: 1, text: null }]);
  await sql`create unique index numbers on pages (number)`.execute(db);
  const insert = (number: number) => db.insertInto('pages').values({ number }).execute();
  await expect(insert(3)).rejects.toThrow('UNIQUE');
  await insert(4);
  await expect(insert(4)).rejects.toThrow('UNIQUE');
});

test('of statements without end the latest are kept', async () => {
  const { database, db } = await open();
  const ask = (at: number) => sql.raw(`select ${at} as at`).execute(db);
  for (let at = 0; at < 250; at += 1) await ask(at);
  database.prepared.length = 0;
  await ask(249);
  await ask(0);
  expect(database.prepared).toEqual(['select 0 as at']);
});
