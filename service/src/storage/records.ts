import { sql, type Kysely, type RawBuilder, type Transaction } from 'kysely';
import { appendEvidence, type Observation } from '#signing/evidence.ts';
import { toEvidenceEntry, toEvidenceRow, toRow, toSigning } from './rows.ts';
import type { Schema } from './schema.ts';
import type { NewSigning, SigningStore } from './signing-store.ts';

export interface RecordsOptions {
  db: Kysely<Schema>;
  /** The database's own clock, in milliseconds since the epoch. */
  clock: RawBuilder<number>;
  /** The service's clock, for what is told to people. */
  now: () => Date;
}

/** The queries, the same for every database. */
export const createRecords = ({ db, clock, now }: RecordsOptions): SigningStore => {
  const inFuture = (ms: number | null) => (ms === null ? null : sql<number>`${clock} + ${ms}`);

  const observe = async (trx: Transaction<Schema>, id: string, observations: Observation[]) => {
    let last = await trx
      .selectFrom('evidence')
      .select(['sequence', 'digest'])
      .where('signing_id', '=', id)
      .orderBy('sequence', 'desc')
      .limit(1)
      .executeTakeFirst();
    for (const observation of observations) {
      const entry = appendEvidence(last, observation, now());
      await trx.insertInto('evidence').values(toEvidenceRow(id, entry)).execute();
      last = entry;
    }
  };

  const insertSigning = async (trx: Transaction<Schema>, { signing, observations, autograph }: NewSigning) => {
    const next_at = autograph ? inFuture(0) : null;
    const { numInsertedOrUpdatedRows } = await trx
      .insertInto('signings')
      .values({ ...toRow(signing), next_at })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow();
    if (!numInsertedOrUpdatedRows) return false;
    if (autograph) {
      const { png, placed, width, height, strokes } = autograph;
      const row = { signing_id: signing.id, png, placed, width, height, strokes_json: strokes };
      await trx.insertInto('autographs').values(row).execute();
    }
    await observe(trx, signing.id, observations);
    return true;
  };

  const store: SigningStore = {
    async insert(added) {
      if (await db.transaction().execute((trx) => insertSigning(trx, added))) return 'inserted';
      const { host, identifier } = added.signing;
      return (await store.findByIdentifier(host, identifier)) ? 'taken' : 'replayed';
    },
    async find(id) {
      const row = await db.selectFrom('signings').selectAll().where('id', '=', id).executeTakeFirst();
      return row && toSigning(row);
    },
    async findByIdentifier(host, identifier) {
      const query = db.selectFrom('signings').selectAll().where('host', '=', host).where('identifier', '=', identifier);
      const row = await query.executeTakeFirst();
      return row && toSigning(row);
    },
    async findAutograph(id) {
      const row = await db.selectFrom('autographs').selectAll().where('signing_id', '=', id).executeTakeFirst();
      return row && { ...row, strokes: row.strokes_json };
    },
    async claim(id, leaseMs) {
      const row = await db
        .updateTable('signings')
        .set({ epoch: sql`epoch + 1`, next_at: inFuture(leaseMs) })
        .where('id', '=', id)
        .where('next_at', '<=', clock)
        .returningAll()
        .executeTakeFirst();
      return row && toSigning(row);
    },
    async save(signing, observations, dueInMs) {
      const saved = { ...signing, epoch: signing.epoch + 1, updatedAt: now().getTime() };
      return db.transaction().execute(async (trx) => {
        const { numUpdatedRows } = await trx
          .updateTable('signings')
          .set({ ...toRow(saved), next_at: inFuture(dueInMs) })
          .where('id', '=', signing.id)
          .where('epoch', '=', signing.epoch)
          .executeTakeFirstOrThrow();
        if (numUpdatedRows === 0n) return undefined;
        await observe(trx, signing.id, observations);
        return saved;
      });
    },
    async findDue(limit) {
      const query = db
        .selectFrom('signings')
        .select('id')
        .where('next_at', '<=', clock)
        .orderBy('next_at')
        .limit(limit);
      return (await query.execute()).map(({ id }) => id);
    },
    async makeAllDue() {
      await db.updateTable('signings').set({ next_at: clock }).where('next_at', 'is not', null).execute();
    },
    async appendEvidence(id, observation) {
      await db.transaction().execute((trx) => observe(trx, id, [observation]));
    },
    async listEvidence(id) {
      const query = db.selectFrom('evidence').selectAll().where('signing_id', '=', id).orderBy('sequence');
      return (await query.execute()).map(toEvidenceEntry);
    },
    async insertDocument({ uploadedDigest, ...document }) {
      const row = { ...document, uploaded_digest: uploadedDigest, created_at: now().getTime() };
      await db
        .insertInto('documents')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    async findDocument(host, digest) {
      const query = db.selectFrom('documents').selectAll().where('host', '=', host).where('digest', '=', digest);
      const row = await query.executeTakeFirst();
      return row && { ...row, uploadedDigest: row.uploaded_digest };
    },
    close: () => db.destroy(),
  };
  return store;
};
