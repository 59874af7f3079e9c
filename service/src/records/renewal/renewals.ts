import { sql } from 'kysely';
import type { NotificationType } from '@tu-esign/contract';
import type { Observation } from '#signing/evidence.ts';
import type { KeptDocument, Signing } from '#signing/signing.ts';
import { settleAndTell } from '#records/agreements/tell.ts';
import type { QueryDeps } from '#records/deps.ts';
import { appendObservations } from '#records/evidence-rows.ts';
import { toSigning } from '#records/signing-rows.ts';

/** What is known of a document's last time-stamp. Times are milliseconds since the epoch. */
export interface Renewal {
  /** When it is to be renewed, or looked at again; null: never. */
  renewAt: number | null;
  /** When the first of its certificates ends; null where it has none. */
  archivedUntil: number | null;
  /** The digest that it is of; null where that is not known. */
  archiveDigest: string | null;
}

/** A document with a new time-stamp, in the place of the one before. */
export interface RenewedDocument extends Renewal {
  document: KeptDocument;
  observation: Observation;
  /** What the host is to be told. */
  tell: NotificationType[];
}

/** Documents that are to be renewed on one day. */
export interface DueOnDay {
  /** Days since the epoch, UTC. */
  day: number;
  documents: number;
  /** When the first of their time-stamps ends. */
  firstEnd: number;
}

/** Documents whose time-stamps are renewed before they end. */
export interface RenewalStore {
  /** Ids of signings, the one that is due for longest first. */
  findDue(at: number, limit: number): Promise<string[]>;
  /** Takes one that is due, for a while; undefined where it is not due or somebody else was faster. */
  claim(id: string, at: number, leaseMs: number): Promise<Signing | undefined>;
  /** Says when it is looked at again. */
  postpone(signing: Signing, renewal: Renewal): Promise<void>;
  /** The same, where nothing new is known of its end. */
  defer(signing: Signing, renewAt: number): Promise<void>;
  /** Puts the longer document in the place of the one before, with its evidence; false where another change came first. */
  save(signing: Signing, renewed: RenewedDocument): Promise<boolean>;
  /** Those whose time-stamp is of this digest are due now. */
  makeDue(archiveDigest: string, at: number): Promise<void>;
  /** How many documents wait to be looked at for the first time. */
  countNew(): Promise<number>;
  /** By day, the first one first: as many rows as there are days, however many documents. */
  listDays(): Promise<DueOnDay[]>;
}

const dayMs = 86_400_000;

const toColumns = ({ renewAt, archivedUntil, archiveDigest }: Renewal) => ({
  renew_at: renewAt,
  archived_until: archivedUntil,
  archive_digest: archiveDigest,
});

export const createRenewalStore = (deps: QueryDeps): RenewalStore => {
  const { db, now, seal } = deps;
  return {
    async findDue(at, limit) {
      const query = db.selectFrom('signings').select('id').where('renew_at', '<=', at).orderBy('renew_at').limit(limit);
      return (await query.execute()).map(({ id }) => id);
    },
    async claim(id, at, leaseMs) {
      const row = await db
        .updateTable('signings')
        .set({ renew_at: at + leaseMs })
        .where('id', '=', id)
        .where('renew_at', '<=', at)
        .returningAll()
        .executeTakeFirst();
      return row && toSigning(row);
    },
    async postpone({ id, epoch }, renewal) {
      await db
        .updateTable('signings')
        .set(toColumns(renewal))
        .where('id', '=', id)
        .where('epoch', '=', epoch)
        .execute();
    },
    async defer({ id, epoch }, renewAt) {
      const query = db.updateTable('signings').set({ renew_at: renewAt }).where('id', '=', id);
      await query.where('epoch', '=', epoch).execute();
    },
    save(signing, { document, observation, tell, ...renewal }) {
      const { id, epoch } = signing;
      const renewed: Signing = { ...signing, epoch: epoch + 1, outputs: { ...signing.outputs, document } };
      return db.transaction().execute(async (trx) => {
        const { numUpdatedRows } = await trx
          .updateTable('signings')
          // What was done last with the signing stays what it was: it is kept for no longer than it would have been.
          .set({ outputs_json: JSON.stringify(renewed.outputs), epoch: renewed.epoch })
          .set(toColumns(renewal))
          .where('id', '=', id)
          .where('epoch', '=', epoch)
          .executeTakeFirstOrThrow();
        if (numUpdatedRows === 0n) return false;
        await appendObservations(trx, id, { observations: [observation], seal, now });
        await settleAndTell(trx, renewed, { tell, deps });
        return true;
      });
    },
    async makeDue(archiveDigest, at) {
      const query = db.updateTable('signings').set({ renew_at: at }).where('archive_digest', '=', archiveDigest);
      await query.where('renew_at', '>', at).execute();
    },
    async countNew() {
      const query = sql<{ documents: number }>`select count(*) as documents from signings
        where renew_at is not null and archived_until is null`;
      return (await query.execute(db)).rows[0]!.documents;
    },
    async listDays() {
      const query = sql<DueOnDay>`select renew_at / ${sql.lit(dayMs)} as day, count(*) as documents,
        min(archived_until) as ${sql.ref('firstEnd')} from signings
        where renew_at is not null and archived_until is not null
        group by renew_at / ${sql.lit(dayMs)} order by 1`;
      return (await query.execute(db)).rows;
    },
  };
};
