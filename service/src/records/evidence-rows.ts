import type { SealedEntry } from '@tu-esign/contract';
import type { Kysely, Selectable, Transaction } from 'kysely';
import { appendEvidence, type Observation } from '#signing/evidence.ts';
import type { QueryDeps } from './deps.ts';
import { defineRows, json } from './rows.ts';
import type { Schema } from './schema.ts';

const evidenceRows = defineRows<Selectable<Schema['evidence']>, SealedEntry>()({
  sequence: 'sequence',
  at: 'at',
  kind: 'kind',
  data: json('data_json'),
  previous: 'previous',
  digest: 'digest',
  seal: 'seal',
});

/**
 * Puts observations behind a signing's chain of evidence, and seals it. The caller's transaction must have changed the
 * signing's row, so that nobody else appends at the same time.
 */
export const appendObservations = async (
  trx: Transaction<Schema>,
  id: string,
  { observations, seal, now }: Pick<QueryDeps, 'seal' | 'now'> & { observations: Observation[] },
): Promise<void> => {
  let last = await findLast(trx, id);
  const entries = observations.map((observation) => (last = appendEvidence(last, observation, now())));
  const head = entries.at(-1);
  if (!head) return;
  // The last one's digest is over all before it: one seal covers what was observed at once.
  const sealed = await seal({ signing: id, sequence: head.sequence, digest: head.digest });
  const rows = entries.map((entry) => {
    const row = evidenceRows.toRow({ ...entry, seal: entry === head ? sealed : '' });
    return Object.assign(row, { signing_id: id });
  });
  await trx.insertInto('evidence').values(rows).execute();
};

const findLast = (trx: Transaction<Schema>, id: string) =>
  trx
    .selectFrom('evidence')
    .select(['sequence', 'digest'])
    .where('signing_id', '=', id)
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst();

export const listEvidence = async (db: Kysely<Schema>, id: string): Promise<SealedEntry[]> => {
  const query = db.selectFrom('evidence').selectAll().where('signing_id', '=', id).orderBy('sequence');
  return (await query.execute()).map((row) => evidenceRows.fromRow(row));
};
