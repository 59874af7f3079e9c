import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { createNodeSqliteDialect } from './node-sqlite.ts';
import { createRecords } from './records.ts';
import { migrations, type Schema } from './schema.ts';
import type { SigningStore } from './signing-store.ts';

/** Another process holds the data folder. */
export class FolderInUseError extends Error {
  override name = 'FolderInUseError';
}

/**
 * Opens the records in one SQLite file, for this process alone: what answers 202 is on the disk
 * (synchronous=FULL), and a second process is refused (locking_mode=EXCLUSIVE) for as long as this one lives.
 * @throws FolderInUseError
 */
export const openSqliteStore = async (path: string, now: () => Date): Promise<SigningStore> => {
  createPrivately(path);
  const database = new DatabaseSync(path, { timeout: 1000, enableForeignKeyConstraints: true });
  try {
    // WAL with an exclusive lock that is taken now, not at the first write.
    database.exec('PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;');
    database.exec('BEGIN EXCLUSIVE; COMMIT;');
  } catch (cause) {
    database.close();
    throw new FolderInUseError(`${path} is in use by another process`, { cause });
  }
  const db = new Kysely<Schema>({ dialect: createNodeSqliteDialect(database) });
  await migrate(db);
  return createRecords({ db, now, clock: sql<number>`cast(unixepoch('subsec') * 1000 as integer)` });
};

/** Readable by the owner alone, whatever the folder allows; SQLite gives the files beside it the same mode. */
const createPrivately = (path: string): void => {
  try {
    // Never opens what is there: closing it would end SQLite's locks in this process (fcntl, POSIX).
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
};

const migrate = async (db: Kysely<Schema>): Promise<void> => {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
};
