import type { Selectable, Transaction } from 'kysely';
import type { Agreement, AgreementEnd } from '#signing/agreement/agreement.ts';
import type { Signing } from '#signing/signing.ts';
import type { QueryDeps } from '#records/deps.ts';
import { defineRows } from '#records/rows.ts';
import type { Schema } from '#records/schema.ts';

type Trx = Transaction<Schema>;

const agreementRows = defineRows<Selectable<Schema['agreements']>, Agreement>()({
  host: 'host',
  identifier: 'identifier',
  state: 'state',
  reason: 'reason',
  withdrawnAt: 'withdrawn_at',
  withdrawReason: 'withdraw_reason',
});

/**
 * Locks the record of an agreement until the transaction ends, and makes it where there is none. Whoever needs locks of
 * signings as well takes those first.
 */
export const lockAgreement = async (
  trx: Trx,
  { host, identifier }: Pick<Signing, 'host' | 'identifier'>,
  { now }: Pick<QueryDeps, 'now'>,
): Promise<Agreement> => {
  const none = { state: 'open', reason: null, withdrawn_at: null, withdraw_reason: null };
  const row = await trx
    .insertInto('agreements')
    .values({ host, identifier, ...none, updated_at: now().getTime() })
    .onConflict((conflict) => conflict.columns(['host', 'identifier']).doUpdateSet({ host }))
    .returningAll()
    .executeTakeFirstOrThrow();
  return agreementRows.fromRow(row);
};

/** Writes how an agreement has ended; false where that was written before. */
export const endAgreement = async (
  trx: Trx,
  { host, identifier }: Pick<Signing, 'host' | 'identifier'>,
  { end, now }: Pick<QueryDeps, 'now'> & { end: AgreementEnd & Partial<Agreement> },
): Promise<boolean> => {
  const { state, reason, withdrawnAt = null, withdrawReason = null } = end;
  const { numUpdatedRows } = await trx
    .updateTable('agreements')
    .set({ state, reason, withdrawn_at: withdrawnAt, withdraw_reason: withdrawReason, updated_at: now().getTime() })
    .where('host', '=', host)
    .where('identifier', '=', identifier)
    .where('state', '=', 'open')
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
};

export const findAgreement = async (
  db: QueryDeps['db'],
  host: string,
  identifier: string,
): Promise<Agreement | undefined> => {
  const query = db.selectFrom('agreements').selectAll().where('host', '=', host);
  const row = await query.where('identifier', '=', identifier).executeTakeFirst();
  return row && agreementRows.fromRow(row);
};
