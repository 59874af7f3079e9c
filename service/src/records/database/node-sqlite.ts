import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import {
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
  type Driver,
  type SqliteDatabase,
  type SqliteStatement,
} from 'kysely';
import { tellUnavailable } from './tell-unavailable.ts';

/** Migrations in one transaction, so that a start that is killed leaves all of them or none: SQLite can do that. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class NodeSqliteDriver extends SqliteDriver {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    super({ database: adapt(database) });
    this.#database = database;
  }

  /**
   * On a full or broken disk SQLite has rolled back by itself. A second rollback would fail, and its error would be
   * thrown in place of the one that says what happened.
   */
  override async rollbackTransaction(...parameters: Parameters<SqliteDriver['rollbackTransaction']>): Promise<void> {
    if (this.#database.isTransaction) await super.rollbackTransaction(...parameters);
  }
}

class NodeSqliteDialect extends SqliteDialect {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    super({ database: adapt(database) });
    this.#database = database;
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter();
  }

  override createDriver(): Driver {
    return tellUnavailable(new NodeSqliteDriver(this.#database), isUnavailable);
  }
}

/**
 * Result codes (sqlite.org/rescode.html) that say that a statement was wrong: SQLITE_ERROR, TOOBIG, CONSTRAINT,
 * MISMATCH, MISUSE, RANGE.
 */
const wrong = new Set([1, 18, 19, 20, 21, 25]);

const isUnavailable = (error: unknown): boolean => {
  if (error instanceof TypeError) return false;
  const { errcode } = Object(error) as { errcode?: number };
  // The low byte is the primary code; what has none was thrown by the operating system or by a closed database.
  return errcode === undefined || !wrong.has(errcode & 0xff);
};

/** Lets Kysely's SQLite dialect speak to Node's own SQLite. */
export const createNodeSqliteDialect = (database: DatabaseSync): SqliteDialect => new NodeSqliteDialect(database);

/** More than the records have of statements; those over lists of other lengths take turns. */
const mostKept = 200;

/** To prepare a statement takes about as long as to run it: the latest are kept, each by its text. */
const keepPrepared = (database: DatabaseSync): ((text: string) => SqliteStatement) => {
  const kept = new Map<string, SqliteStatement>();
  return (text) => {
    const statement = kept.get(text) ?? prepare(database, text);
    // The last that was asked for stands last.
    kept.delete(text);
    kept.set(text, statement);
    if (kept.size > mostKept) kept.delete(kept.keys().next().value!);
    return statement;
  };
};

const prepare = (database: DatabaseSync, text: string): SqliteStatement => {
  const statement = database.prepare(text);
  return {
    reader: statement.columns().length > 0,
    all: (values) => statement.all(...(values as SQLInputValue[])),
    run: (values) => statement.run(...(values as SQLInputValue[])),
    // Rows that are read one by one may be read twice at once: each reader has a statement of its own.
    iterate: (values) => database.prepare(text).iterate(...(values as SQLInputValue[])),
  };
};

const adapt = (database: DatabaseSync): SqliteDatabase => ({
  close: () => database.close(),
  prepare: keepPrepared(database),
});
