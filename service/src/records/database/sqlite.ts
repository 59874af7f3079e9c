import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import { SetupError } from '#setup-error.ts';
import { migrate } from './migrations.ts';
import { createNodeSqliteDialect } from './node-sqlite.ts';
import type { RecordsDeps } from '#records/deps.ts';
import { createRecords, type Records } from '#records/records.ts';
import type { Schema } from '#records/schema.ts';

/** Another process holds the data folder. */
export class FolderInUseError extends SetupError {
  override name = 'FolderInUseError';
}

/**
 * A clock that nobody sets back: one process is alone with these records, and makes all due at its start, so
 * that its own monotonic clock is enough.
 */
const clock = () => sql<number>`${Math.round(performance.timeOrigin + performance.now())}`;

/**
 * Opens the records in one SQLite file, for this process alone: what answers 202 is on the disk
 * (synchronous=FULL), a second process is refused (locking_mode=EXCLUSIVE) for as long as this one lives, and what is
 * deleted is overwritten with zeros (secure_delete).
 * @throws FolderInUseError
 */
export const openSqliteRecords = async (path: string, deps: RecordsDeps): Promise<Records> => {
  createPrivately(path);
  const database = new DatabaseSync(path, { timeout: 1000, enableForeignKeyConstraints: false });
  try {
    // WAL with an exclusive lock that is taken now, not at the first write.
    database.exec(
      'PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;',
    );
    database.exec('BEGIN EXCLUSIVE; COMMIT;');
  } catch (cause) {
    database.close();
    throw new FolderInUseError(`${path} is in use by another process`, { cause });
  }
  const db = new Kysely<Schema>({ dialect: createNodeSqliteDialect(database) });
  await migrate(db, 'blob');
  // Not before the migrations: they change a table by replacing it (sqlite.org/lang_altertable.html, 7), which foreign
  // keys would refuse.
  database.exec('PRAGMA foreign_keys=ON');
  // SQLite runs one transaction at a time: there is nobody to lock rows against.
  return createRecords({ db, clock, forShare: sql``, wipe, ...deps });
};

/** The write-ahead log still has pages as they were before a deletion, until it is copied and cut to nothing. */
const wipe = async (db: Kysely<Schema>): Promise<void> => {
  await sql`pragma wal_checkpoint(truncate)`.execute(db);
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
