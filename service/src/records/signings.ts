import { sql, type Transaction } from 'kysely';
import { atPosition, sequenceOf } from '#signing/sequence.ts';
import { lockAgreement } from './agreements/agreements.ts';
import { createLists } from './agreements/lists.ts';
import { listOf, settleAndTell } from './agreements/tell.ts';
import { createWithdrawals } from './agreements/withdraw.ts';
import type { QueryDeps } from './deps.ts';
import { createDocuments, lockInput } from './documents.ts';
import { createDownloads } from './downloads.ts';
import { createDueRows, inFuture } from './due.ts';
import { appendObservations, listEvidence } from './evidence-rows.ts';
import { createShowings, takeShowings } from './showings.ts';
import type { Schema } from './schema.ts';
import { toAutograph, toAutographRow, toSigning, toSigningRow } from './signing-rows.ts';
import type { KeptAutograph, NewSigning, SigningStore } from './signing-store.ts';
import { summarise } from './summarise.ts';

type Trx = Transaction<Schema>;

/** Undoes what a transaction has done so far. */
class NotShown extends Error {
  override readonly name = 'NotShown';
}

export const createSignings = (deps: QueryDeps): SigningStore => {
  const { db, clock, now, seal } = deps;
  const due = createDueRows({ db, clock, table: 'signings' });

  const insertSigning = async (
    trx: Trx,
    added: NewSigning,
  ): Promise<'inserted' | 'known' | 'document-missing' | 'withdrawn'> => {
    const { signing, observations, autograph, tell = [] } = added;
    // So that it is not deleted as unused while this is being inserted.
    if (autograph && !(await lockInput(trx, signing, deps))) return 'document-missing';
    const { withdrawnAt } = await lockAgreement(trx, signing, deps);
    if (withdrawnAt !== null) return 'withdrawn';
    const { numInsertedOrUpdatedRows } = await trx
      .insertInto('signings')
      .values({
        ...toSigningRow(signing),
        next_at: autograph ? clock() : null,
        renew_at: null,
        archived_until: null,
        archive_digest: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow();
    if (!numInsertedOrUpdatedRows) return 'known';
    const shown = await takeShowings(trx, signing);
    if (added.mustBeShown && shown.length === 0) throw new NotShown();
    await appendObservations(trx, signing.id, { observations: [...shown, ...observations], seal, now });
    await settleAndTell(trx, signing, { tell, deps });
    if (!autograph) return 'inserted';
    await insertAutograph(trx, signing.id, autograph);
    await deps.enqueue?.(trx, 'advance', signing.id);
    return 'inserted';
  };

  const store: SigningStore = {
    ...createDocuments(deps),
    ...createShowings(deps),
    ...createDownloads(deps),
    ...createWithdrawals(deps),
    ...createLists(deps),
    findDue: due.findDue,
    dueInMs: due.dueInMs,
    makeAllDue: due.makeAllDue,
    countDue: due.countDue,
    summarise: () => summarise(db),
    renew: (signing, leaseMs) => due.postpone(signing, leaseMs),
    listEvidence: (id) => listEvidence(db, id),
    async insert(added) {
      const result = await db
        .transaction()
        .execute((trx) => insertSigning(trx, added))
        .catch(toNotShown);
      if (result !== 'known') return result;
      const { host, identifier, request } = added.signing;
      const signings = await listOf(db, { host, identifier });
      return atPosition(signings, sequenceOf(request).position) ? 'taken' : 'replayed';
    },
    async find(id) {
      const row = await db.selectFrom('signings').selectAll().where('id', '=', id).executeTakeFirst();
      return row && toSigning(row);
    },
    async findAutograph(id) {
      const row = await db.selectFrom('autographs').selectAll().where('signing_id', '=', id).executeTakeFirst();
      return row && toAutograph(row);
    },
    async claim(id, leaseMs) {
      const row = await due.claim(id, leaseMs);
      return row && toSigning(row);
    },
    async release(signing) {
      await due.postpone(signing, 0);
    },
    async save(signing, { observations = [], dueInMs, renewInMs, tell = [] }) {
      const saved = { ...signing, epoch: signing.epoch + 1, updatedAt: now().getTime() };
      return db.transaction().execute(async (trx) => {
        const { numUpdatedRows } = await trx
          .updateTable('signings')
          .set({ ...toSigningRow(saved), next_at: dueInMs === null ? null : inFuture(clock, dueInMs) })
          .set(renewInMs === undefined ? {} : { renew_at: saved.updatedAt + renewInMs })
          .where('id', '=', signing.id)
          .where('epoch', '=', signing.epoch)
          .executeTakeFirstOrThrow();
        if (numUpdatedRows === 0n) return undefined;
        await appendObservations(trx, signing.id, { observations, seal, now });
        await settleAndTell(trx, saved, { tell, deps });
        return saved;
      });
    },
    async appendEvidence(id, observation) {
      await db.transaction().execute(async (trx) => {
        // Locks the row: two that append at once would both build on the same last entry.
        await sql`update signings set id = id where id = ${id}`.execute(trx);
        await appendObservations(trx, id, { observations: [observation], seal, now });
      });
    },
  };
  return store;
};

const toNotShown = (error: unknown): 'not-shown' => {
  if (error instanceof NotShown) return 'not-shown';
  throw error;
};

const insertAutograph = async (trx: Trx, signingId: string, autograph: KeptAutograph): Promise<void> => {
  const row = { ...toAutographRow(autograph), signing_id: signingId };
  await trx.insertInto('autographs').values(row).execute();
};
