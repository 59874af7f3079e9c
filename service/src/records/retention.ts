import { sql, type Transaction } from 'kysely';
import { canonicalJson } from '#signing/canonical-json.ts';
import { digestOf } from '#signing/digest.ts';
import { finishedStatuses, type Signing } from '#signing/signing.ts';
import type { RecordsOptions } from './records.ts';
import type { RetentionStore } from './retention-store.ts';
import { toSigning } from './rows.ts';
import type { Schema } from './schema.ts';

type Trx = Transaction<Schema>;

export const createRetention = ({ db, now, seal }: RecordsOptions): RetentionStore => {
  const note = async (trx: Trx, id: string, facts: object): Promise<void> => {
    const at = now().toISOString();
    const record = canonicalJson({ ...facts, at });
    const row = { id, at, record_json: record, seal: seal({ signing: id, sequence: 0, digest: digestOf(record) }) };
    // What came back after a deletion is deleted once more.
    await trx
      .insertInto('deletions')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute();
  };

  return {
    async findExpiredSignings(before, limit) {
      const query = db
        .selectFrom('signings')
        .select('id')
        .where('status', 'in', finishedStatuses)
        .where('updated_at', '<', before)
        // The last signatory's goes first: each document is what the next one was given.
        .where(sql<boolean>`not exists (select 1 from signings as next where next.previous_id = signings.id)`)
        .orderBy('updated_at')
        .limit(limit);
      return (await query.execute()).map(({ id }) => id);
    },
    async deleteShowings(before) {
      await db.deleteFrom('showings').where('at', '<', before).execute();
    },
    async findUnusedDocuments(before, limit) {
      const query = db
        .selectFrom('documents')
        .select(['host', 'digest'])
        .where('created_at', '<', before)
        .where(sql<boolean>`not exists (select 1 from signings
          where signings.host = documents.host and signings.document_digest = documents.digest)`)
        .limit(limit);
      return query.execute();
    },
    deleteSigning: (id, deleteFiles) =>
      db.transaction().execute(async (trx) => {
        const row = await holdSigning(trx, id);
        if (!row || (await isGiven(trx, id))) return;
        const signing = toSigning(row);
        await note(trx, id, describe(signing));
        for (const table of ['deliveries', 'evidence', 'autographs'] as const)
          await trx.deleteFrom(table).where('signing_id', '=', id).execute();
        await trx.deleteFrom('signings').where('id', '=', id).execute();
        await deleteFiles(signing);
      }),
    deleteDocument: ({ host, digest }, deleteFile) =>
      db.transaction().execute(async (trx) => {
        // The row first: who accepts a signing of it at this moment holds it, and is seen below.
        const held = await holdDocument(trx, host, digest);
        if (!held || (await isUsed(trx, host, digest))) return;
        await trx.deleteFrom('documents').where('host', '=', host).where('digest', '=', digest).execute();
        await note(trx, `${host}/${digest}`, { host, document: digest });
        await deleteFile();
      }),
    async listDeletions(limit) {
      const rows = await db.selectFrom('deletions').selectAll().orderBy('at', 'desc').limit(limit).execute();
      return rows.map(({ id, at, record_json: record, seal }) => ({ id, at, record, seal }));
    },
  };
};

/** What stays: no name, no identifier of the host's, nothing that was signed. */
const describe = ({ host, status, outputs, request, createdAt }: Signing): object => ({
  host,
  status,
  outputs,
  acceptedAt: new Date(createdAt).toISOString(),
  document: request.document.digest,
});

/** Takes a signing's row for the rest of the transaction: who accepts the next signatory's has it, and is seen. */
const holdSigning = (trx: Trx, id: string) =>
  trx.updateTable('signings').set({ id }).where('id', '=', id).returningAll().executeTakeFirst();

const isGiven = async (trx: Trx, id: string): Promise<boolean> => {
  const query = trx.selectFrom('signings').select('id').where('previous_id', '=', id);
  return (await query.limit(1).execute()).length > 0;
};

/** Takes a document's row for the rest of the transaction; false where there is none. */
const holdDocument = async (trx: Trx, host: string, digest: string): Promise<boolean> => {
  const { numUpdatedRows } = await trx
    .updateTable('documents')
    .set({ digest })
    .where('host', '=', host)
    .where('digest', '=', digest)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
};

const isUsed = async (trx: Trx, host: string, digest: string): Promise<boolean> => {
  const query = trx.selectFrom('signings').select('id').where('host', '=', host).where('document_digest', '=', digest);
  return (await query.limit(1).execute()).length > 0;
};
