import { Kysely, PostgresDialect, sql, type Driver } from 'kysely';
import { DatabaseError, Pool, TypeOverrides, types, type PoolConfig } from 'pg';
import { toCause, type Log } from '#telemetry/log.ts';
import { SetupError } from '#setup-error.ts';
import { migrate } from './migrations.ts';
import type { RecordsDeps } from '#records/deps.ts';
import { createRecords, type Records } from '#records/records.ts';
import type { Schema } from '#records/schema.ts';
import { tellUnavailable } from './tell-unavailable.ts';

/** Nothing waits longer for the database than this, in milliseconds; whoever asked is told to try again. */
const limits: PoolConfig = {
  statement_timeout: 15_000,
  idle_in_transaction_session_timeout: 15_000,
  // By the client's own clock, for a network that drops everything without a word.
  query_timeout: 20_000,
};

/** How long a start or a job, which nobody waits for, may take to get a connection, in milliseconds. */
export const patienceMs = 30_000;

/** Connections of one instance, besides those of its job queue. */
const mostConnections = 10;

/** The server may forget what it has acknowledged. */
export class ForgetfulDatabaseError extends SetupError {
  override name = 'ForgetfulDatabaseError';
}

/**
 * Opens PostgreSQL, for any number of instances, and brings its schema up to date.
 * @param address `postgres://user:password@host/database?sslmode=verify-full`
 * @throws ForgetfulDatabaseError where fsync or synchronous_commit is off
 */
export const openPostgres = async (address: string, log: Log): Promise<Kysely<Schema>> => {
  // Nobody is told to try again by a start: on a busy machine it waits, and a migration may take longer than any request.
  const unbounded = connect({ connectionString: address, max: 2, connectionTimeoutMillis: patienceMs }, log);
  try {
    await requireDurability(unbounded);
    await migrate(unbounded, 'bytea');
  } finally {
    await unbounded.destroy();
  }
  return connect({ connectionString: address, max: mostConnections, ...limits }, log);
};

/** The database's own clock: those of the instances may differ. It stands still within one statement. */
const clock = () => sql<number>`(extract(epoch from statement_timestamp()) * 1000)::bigint`;

export const createPostgresRecords = (db: Kysely<Schema>, deps: RecordsDeps): Records =>
  createRecords({ db, clock, forShare: sql`for share`, ...deps });

class TellingDialect extends PostgresDialect {
  override createDriver(): Driver {
    return tellUnavailable(super.createDriver(), isUnavailable);
  }
}

/**
 * Classes of SQLSTATE (PostgreSQL, appendix A) that say that a statement was wrong: unsupported feature, cardinality,
 * data, constraint, syntax. A right that is missing (42501) is the operator's to give.
 */
const wrong = /^(?:0A|21|22|23|42(?!501))/;

const isUnavailable = (error: unknown): boolean => {
  if (error instanceof TypeError) return false;
  // Any other error comes from the connection to the server.
  return !(error instanceof DatabaseError) || !wrong.test(error.code ?? '');
};

const connect = (config: PoolConfig, log: Log): Kysely<Schema> =>
  new Kysely<Schema>({ dialect: new TellingDialect({ pool: createPool(config, log) }) });

/** Connections that are replaced when they break; keep-alive notices those that the network has dropped. */
export const createPool = (config: PoolConfig, log: Log): Pool => {
  const always = { application_name: 'tu-esign', keepAlive: true, connectionTimeoutMillis: 5_000 };
  const pool = new Pool({ ...always, types: withNumbers(), ...config });
  // Node ends a process for an 'error' event that nobody listens to. A connection that breaks between two statements
  // emits one; for a connection that is idle, the pool emits it once more.
  const tell = (error: Error) => log.error('a connection to the database broke', { error: toCause(error) });
  pool.on('connect', (client) => client.on('error', tell));
  pool.on('error', () => {});
  return pool;
};

/** Milliseconds and counts are far below 2^53. */
const withNumbers = (): TypeOverrides => {
  const parsers = new TypeOverrides();
  parsers.setTypeParser(types.builtins.INT8, Number);
  return parsers;
};

const requireDurability = async (db: Kysely<Schema>): Promise<void> => {
  const settings = sql<{ name: string }>`
    select name from pg_settings where name in ('fsync', 'synchronous_commit') and setting = 'off'`;
  const { rows } = await settings.execute(db);
  const off = rows.map(({ name }) => name).join(' and ');
  if (off) throw new ForgetfulDatabaseError(`PostgreSQL runs with ${off} off: what it has acknowledged may be lost`);
};
