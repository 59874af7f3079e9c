import { sql, type Kysely } from 'kysely';
import type { Schema } from './schema.ts';
import type { Backlog } from './signing-store.ts';

/**
 * The statuses of signings that somebody has to do something about. Literals, since a partial index serves
 * only a query that repeats its condition.
 */
export const unfinished = sql.raw<boolean>("status in ('accepted', 'submitting', 'signed', 'conserved', 'review')");

/** Counts by an index of what is unfinished, which is little, however much is finished. */
export const summarise = async (db: Kysely<Schema>): Promise<Backlog> => {
  const rows = await db
    .selectFrom('signings')
    .select((builder) => ['status', builder.fn.countAll().as('signings'), builder.fn.min('created_at').as('oldest')])
    .where(unfinished)
    .groupBy('status')
    .execute();
  const counts = rows.map(({ status, signings }) => [status, Number(signings)] as const);
  const oldest = Math.min(...rows.map((row) => row.oldest));
  return { unfinished: Object.fromEntries(counts), oldestAt: rows.length ? oldest : null };
};
