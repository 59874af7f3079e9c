import type { Kysely, RawBuilder, Transaction } from 'kysely';
import type { Seal } from '#signing/evidence.ts';
import type { Schema } from './schema.ts';

/** Sends a worker the job to look at a row, in the transaction that inserts the row. */
export type Enqueue = (trx: Transaction<Schema>, work: 'advance' | 'notify', id: string) => Promise<void>;

/** What records are opened with, whatever the database. */
export interface RecordsDeps {
  /** The service's clock, for the times that people are told. */
  now: () => Date;
  /** Signs evidence. */
  seal: Seal;
  /** Absent where the scheduler asks the records itself what is due. */
  enqueue?: Enqueue;
}

/** What the queries work with: the same queries for every database. */
export interface QueryDeps extends RecordsDeps {
  db: Kysely<Schema>;
  /** The clock that leases end by, in milliseconds. */
  clock: () => RawBuilder<number>;
  /**
   * Put at the end of a select, it keeps the selected rows from being changed or deleted until the transaction ends,
   * while other transactions may do the same with them (`for share`).
   */
  forShare: RawBuilder<unknown>;
  /**
   * Removes deleted rows from where the database still holds them. Absent for PostgreSQL, whose write-ahead log and
   * copies are in the hands of its operator.
   */
  wipe?: (db: Kysely<Schema>) => Promise<void>;
}
