import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { SqliteAdapter, SqliteDialect, SqliteDriver, type Driver, type SqliteDatabase } from 'kysely';
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

const adapt = (database: DatabaseSync): SqliteDatabase => ({
  close: () => database.close(),
  prepare(text) {
    const statement = database.prepare(text);
    return {
      reader: statement.columns().length > 0,
      all: (values) => statement.all(...(values as SQLInputValue[])),
      run: (values) => statement.run(...(values as SQLInputValue[])),
      iterate: (values) => statement.iterate(...(values as SQLInputValue[])),
    };
  },
});
