import type { SealedEntry } from '@tu-esign/contract';
import type { Kysely, Transaction } from 'kysely';
import { appendEvidence, type Observation } from '#signing/evidence.ts';
import type { Seal } from '#signing/seal.ts';
import { toEvidenceEntry, toEvidenceRow } from './rows.ts';
import type { Schema } from './schema.ts';

export interface ChainOptions {
  seal: Seal;
  /** The service's clock, for what is told to people. */
  now: () => Date;
}

/** Puts observations behind a signing's chain. The caller's transaction must hold the signing's row. */
export const observe = async (
  trx: Transaction<Schema>,
  id: string,
  { observations, seal, now }: ChainOptions & { observations: Observation[] },
): Promise<void> => {
  let last = await findLast(trx, id);
  for (const observation of observations) {
    const entry = appendEvidence(last, observation, now());
    const { sequence, digest } = entry;
    const sealed = toEvidenceRow(id, entry, seal({ signing: id, sequence, digest }));
    await trx.insertInto('evidence').values(sealed).execute();
    last = entry;
  }
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
  return (await query.execute()).map(toEvidenceEntry);
};
