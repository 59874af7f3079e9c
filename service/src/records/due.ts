import { sql, type Kysely, type RawBuilder, type Selectable } from 'kysely';
import type { Schema } from './schema.ts';

type Waiting = 'signings' | 'deliveries';

/**
 * Rows that wait for a worker. `next_at` says when they are due; `epoch` grows with every claim and every change, so that
 * a worker that has lost its claim can change nothing any more.
 */
export interface DueRows<Table extends Waiting> {
  readonly findDue: (limit: number) => Promise<string[]>;
  claim(id: string, leaseMs: number): Promise<Selectable<Schema[Table]> | undefined>;
  /** Moves the end of a claim to so many milliseconds from now; false where the epoch is another. */
  postpone(row: { id: string; epoch: number }, ms: number): Promise<boolean>;
  readonly dueInMs: (id: string) => Promise<number | null>;
  readonly makeAllDue: () => Promise<void>;
  readonly countDue: () => Promise<number>;
}

export interface DueRowsOptions<Table extends Waiting> {
  db: Kysely<Schema>;
  /** Milliseconds, by the clock that leases end by. */
  clock: () => RawBuilder<number>;
  table: Table;
}

/** So many milliseconds from now, whole: the columns hold no fractions. */
export const inFuture = (clock: () => RawBuilder<number>, ms: number): RawBuilder<number> =>
  sql<number>`${clock()} + ${Math.ceil(ms)}`;

export const createDueRows = <Table extends Waiting>(options: DueRowsOptions<Table>): DueRows<Table> => {
  const { db, clock } = options;
  const table = sql.table(options.table);
  return {
    async findDue(limit) {
      const query = sql<{
        id: string;
      }>`select id from ${table} where next_at <= ${clock()} order by next_at limit ${limit}`;
      return (await query.execute(db)).rows.map(({ id }) => id);
    },
    async claim(id, leaseMs) {
      const query = sql<Selectable<Schema[Table]>>`
        update ${table} set epoch = epoch + 1, next_at = ${inFuture(clock, leaseMs)}
        where id = ${id} and next_at <= ${clock()} returning *`;
      return (await query.execute(db)).rows[0];
    },
    async postpone({ id, epoch }, ms) {
      const query = sql`
        update ${table} set next_at = ${inFuture(clock, ms)}
        where id = ${id} and epoch = ${epoch} and next_at is not null returning id`;
      return (await query.execute(db)).rows.length > 0;
    },
    async dueInMs(id) {
      const query = sql<{ due: number | null }>`select next_at - ${clock()} as due from ${table} where id = ${id}`;
      const due = (await query.execute(db)).rows[0]?.due ?? null;
      return due === null ? null : Math.max(0, due);
    },
    async countDue() {
      const query = sql<{ due: number }>`select count(*) as due from ${table} where next_at <= ${clock()}`;
      return (await query.execute(db)).rows[0]!.due;
    },
    async makeAllDue() {
      await sql`update ${table} set next_at = ${clock()} where next_at is not null`.execute(db);
    },
  };
};
