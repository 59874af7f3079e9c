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
  const rows = observations.map((observation, index) => {
    const entry = appendEvidence(last, observation, now());
    const { sequence, digest } = entry;
    last = entry;
    // The last one's digest is over all before it: one seal covers what was observed at once.
    const isLast = index === observations.length - 1;
    const sealed = { ...entry, seal: isLast ? seal({ signing: id, sequence, digest }) : '' };
    return { ...evidenceRows.toRow(sealed), signing_id: id };
  });
  if (rows.length) await trx.insertInto('evidence').values(rows).execute();
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
