import type { Kysely, Transaction } from 'kysely';
import { KeysError, type ChangeableKeys, type KeyFiles } from './key-storage.ts';
import type { Schema } from '#records/schema.ts';

/** Keys in a table, for all instances. Where several make the same keys at once, those that are committed first stay. */
export const createPostgresKeys = (db: Kysely<Schema>): ChangeableKeys => ({
  async open(name, create) {
    const kept = await find(db, name);
    if (kept) return kept;
    const row = { name, files_json: JSON.stringify(await create()) };
    await db
      .insertInto('keys')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return (await find(db, name))!;
  },
  async list() {
    const rows = await db.selectFrom('keys').select('name').orderBy('name').execute();
    return rows.map(({ name }) => name);
  },
  replace: (name, change) =>
    db.transaction().execute(async (trx) => {
      // Whoever else changes the same waits here.
      await trx.selectFrom('keys').select('name').where('name', '=', name).forUpdate().execute();
      const files_json = JSON.stringify(await change(await findThere(trx, name)));
      await trx.updateTable('keys').set({ files_json }).where('name', '=', name).execute();
    }),
});

const findThere = async (trx: Transaction<Schema>, name: string): Promise<KeyFiles> => {
  const kept = await find(trx, name);
  if (!kept) throw new KeysError(`there are no keys '${name}'`);
  return kept;
};

const find = async (db: Kysely<Schema>, name: string): Promise<KeyFiles | undefined> => {
  const row = await db.selectFrom('keys').select('files_json').where('name', '=', name).executeTakeFirst();
  return row && parse(name, row.files_json);
};

const parse = (name: string, text: string): KeyFiles => {
  try {
    return JSON.parse(text) as KeyFiles;
  } catch (cause) {
    throw new KeysError(`the keys '${name}' in the database were altered: restore them from a backup`, { cause });
  }
};
