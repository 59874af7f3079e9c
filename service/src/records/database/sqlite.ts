import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import { Problem } from '#problem.ts';
import { SetupError } from '#setup-error.ts';
import { migrate } from './migrations.ts';
import { createNodeSqliteDialect } from './node-sqlite.ts';
import type { RecordsDeps } from '#records/deps.ts';
import { createRecords, type Records } from '#records/records.ts';
import type { Schema } from '#records/schema.ts';

/** Another process holds the data folder. */
export class FolderInUseError extends SetupError {
  override name = 'FolderInUseError';
  readonly path: string;

  constructor(path: string, options?: ErrorOptions) {
    const said = 'is in use by another process: stop that one, or set TU_ESIGN_DATA to another folder';
    super(`${path} ${said}`, options);
    this.path = path;
  }
}

/** The file of the records cannot be used as it is; the message says what to do. */
export class RecordsFileError extends SetupError {
  override name = 'RecordsFileError';
}

const fromBackup = 'stop the service, put it aside with what lies beside it, and restore all of them from one backup';

/** By SQLite's primary result codes (sqlite.org/rescode.html). */
const reasons: Record<number, string> = {
  8: 'cannot be written: give the service’s user the right to write it, and its folder',
  10: 'cannot be read or written: its disk fails',
  11: `is damaged: ${fromBackup}`,
  13: 'cannot grow, since its disk is full: make room, and start again; nothing that was accepted is lost',
  14: 'cannot be opened: see that it is a file which the service’s user may read and write, as its folder',
  26: `is not a database, or is damaged: ${fromBackup}`,
};

/** What keeps the records from being opened, told in a sentence where it is known. */
const toSetupError = (path: string, cause: unknown): unknown => {
  const { errcode = 0 } = Object(cause instanceof Problem ? cause.cause : cause) as { errcode?: number };
  // The low byte is the primary code.
  const code = errcode & 0xff;
  // SQLITE_BUSY and SQLITE_LOCKED.
  if (code === 5 || code === 6) return new FolderInUseError(path, { cause });
  const reason = reasons[code];
  return reason ? new RecordsFileError(`${path} ${reason}`, { cause }) : cause;
};

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
 * @throws RecordsFileError
 */
export const openSqliteRecords = async (path: string, deps: RecordsDeps): Promise<Records> => {
  let database: DatabaseSync | undefined;
  try {
    createPrivately(path);
    database = new DatabaseSync(path, { timeout: 1000, enableForeignKeyConstraints: false });
    const db = await prepare(path, database);
    // SQLite runs one transaction at a time: there is nobody to lock rows against.
    return createRecords({ db, clock, forShare: sql``, wipe, ...deps });
  } catch (error) {
    database?.close();
    throw toSetupError(path, error);
  }
};

const prepare = async (path: string, database: DatabaseSync): Promise<Kysely<Schema>> => {
  // WAL with an exclusive lock that is taken now, not at the first write.
  database.exec(
    'PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;',
  );
  database.exec('BEGIN EXCLUSIVE; COMMIT;');
  requireOwn(path, database);
  const db = new Kysely<Schema>({ dialect: createNodeSqliteDialect(database) });
  await migrate(db, 'blob');
  // Not before the migrations: they change a table by replacing it (sqlite.org/lang_altertable.html, 7), which foreign
  // keys would refuse.
  database.exec('PRAGMA foreign_keys=ON');
  return db;
};

/** What somebody else keeps in such a file is not to be added to. */
const requireOwn = (path: string, database: DatabaseSync): void => {
  const tables = database.prepare("select name from sqlite_master where type = 'table'").all();
  if (tables.length === 0 || tables.some(({ name }) => name === 'kysely_migration')) return;
  throw new RecordsFileError(
    `${path} is a database of something else: set TU_ESIGN_DATA to a folder of the service’s own`,
  );
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
