import { sql, type Kysely, type Transaction } from 'kysely';
import { canonicalJson } from '@tu-esign/verifier/evidence/canonical-json.ts';
import { digestOf } from '#signing/digest.ts';
import { finishedStatuses, type Signing } from '#signing/signing.ts';
import { forgetAgreement } from '#records/agreements/forget.ts';
import type { QueryDeps } from '#records/deps.ts';
import type { Schema } from '#records/schema.ts';
import { toSigning } from '#records/signing-rows.ts';

/** An agreement that a host uploaded. */
export interface UploadedDocument {
  host: string;
  digest: string;
}

/** What stays of what was deleted: a sealed note of what it was, without personal data. */
export interface Deletion {
  /** The signing's id, or host and digest of a document. */
  id: string;
  /** RFC 3339, UTC. */
  at: string;
  /** Status, files and head of evidence, as they were; canonical JSON. */
  record: string;
  /** See Seal; sequence 0, the record's digest. */
  seal: string;
}

/** Deletes what was kept for as long as it had to be. Times are milliseconds since the epoch. */
export interface RetentionStore {
  /** Finished signings that have not changed since and whose document nobody else has signed, oldest first. */
  findExpiredSignings(before: number, limit: number): Promise<string[]>;
  /** Notes of what was shown before then, and led to no signing; and of what was withdrawn before anybody signed. */
  deleteShowings(before: number): Promise<void>;
  /** Uploaded before, and used by no signing. */
  findUnusedDocuments(before: number, limit: number): Promise<UploadedDocument[]>;
  /**
   * Deletes record, autograph, evidence and deliveries, and keeps a sealed note of it.
   * @param deleteFiles called before it is committed: where it fails, nothing is deleted
   * @param erasure the wish for which it is; absent where its time is over
   */
  deleteSigning(id: string, deleteFiles: (signing: Signing) => Promise<void>, erasure?: string): Promise<void>;
  /** Deletes the document unless it is used by now; for an erasure, also unless somebody was shown it. See deleteSigning. */
  deleteDocument(document: UploadedDocument, deleteFile: () => Promise<void>, erasure?: string): Promise<void>;
  /** Takes what was deleted out of where the database still has it, beside its tables. */
  wipe(): Promise<void>;
  /** The latest first. */
  listDeletions(limit: number): Promise<Deletion[]>;
}

type Trx = Transaction<Schema>;

export const createRetention = ({ db, now, seal, wipe }: QueryDeps): RetentionStore => {
  const note = async (trx: Trx, id: string, facts: object, erasure?: string): Promise<void> => {
    const at = now().toISOString();
    const record = canonicalJson({ ...facts, at, ...(erasure && { erasure }) });
    const sealed = { record_json: record, seal: await seal({ signing: id, sequence: 0, digest: digestOf(record) }) };
    const row = { id, at, ...sealed, erasure_id: erasure ?? null };
    // A document may be uploaded again after it was deleted, and then be deleted a second time.
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
        // The last signatory's is deleted first: each of the others is what the next signatory signed.
        .where(sql<boolean>`not exists (select 1 from signings as next where next.previous_id = signings.id)`)
        .orderBy('updated_at')
        .limit(limit);
      return (await query.execute()).map(({ id }) => id);
    },
    async deleteShowings(before) {
      await db.deleteFrom('showings').where('at', '<', before).execute();
      await deleteEmptyAgreements(db, before);
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
    deleteSigning: (id, deleteFiles, erasure) =>
      db.transaction().execute(async (trx) => {
        const row = await lockSigning(trx, id);
        if (!row || (await isSignedFurther(trx, id))) return;
        const signing = toSigning(row);
        await note(trx, id, describe(signing), erasure);
        for (const table of ['deliveries', 'evidence', 'autographs', 'downloads'] as const)
          await trx.deleteFrom(table).where('signing_id', '=', id).execute();
        await trx.deleteFrom('signings').where('id', '=', id).execute();
        await forgetAgreement(trx, signing);
        await deleteFiles(signing);
      }),
    deleteDocument: ({ host, digest }, deleteFile, erasure) =>
      db.transaction().execute(async (trx) => {
        // Waits for whoever is accepting a signing of it, so that the signing is there to be found by isUsed.
        const found = await lockDocument(trx, host, digest);
        if (!found || (await isUsed(trx, host, digest))) return;
        if (erasure && (await isShown(trx, host, digest))) return;
        await trx.deleteFrom('documents').where('host', '=', host).where('digest', '=', digest).execute();
        await note(trx, `${host}/${digest}`, { host, document: digest }, erasure);
        await deleteFile();
      }),
    wipe: async () => wipe?.(db),
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

/**
 * Locks a signing's row until the transaction ends. Whoever is accepting the next signatory's signing holds it as well:
 * this waits for them, so that what they insert is there to be found.
 */
const lockSigning = (trx: Trx, id: string) =>
  trx.updateTable('signings').set({ id }).where('id', '=', id).returningAll().executeTakeFirst();

/** Whether the next signatory signs what this signing left. */
const isSignedFurther = async (trx: Trx, id: string): Promise<boolean> => {
  const query = trx.selectFrom('signings').select('id').where('previous_id', '=', id);
  return (await query.limit(1).execute()).length > 0;
};

/** Locks a document's row until the transaction ends; false where there is none. */
const lockDocument = async (trx: Trx, host: string, digest: string): Promise<boolean> => {
  const { numUpdatedRows } = await trx
    .updateTable('documents')
    .set({ digest })
    .where('host', '=', host)
    .where('digest', '=', digest)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
};

/** Somebody else is about to sign it. */
const isShown = async (trx: Trx, host: string, digest: string): Promise<boolean> => {
  const query = trx.selectFrom('showings').select('jti').where('host', '=', host).where('digest', '=', digest);
  return (await query.limit(1).execute()).length > 0;
};

const deleteEmptyAgreements = async (db: Kysely<Schema>, before: number): Promise<void> => {
  const query = db.selectFrom('agreements').select(['host', 'identifier']).where('updated_at', '<', before);
  const isEmpty = sql<boolean>`not exists (select 1 from signings
    where signings.host = agreements.host and signings.identifier = agreements.identifier)`;
  for (const agreement of await query.where(isEmpty).limit(1_000).execute())
    await db.transaction().execute((trx) => forgetAgreement(trx, agreement));
};

const isUsed = async (trx: Trx, host: string, digest: string): Promise<boolean> => {
  const query = trx.selectFrom('signings').select('id').where('host', '=', host).where('document_digest', '=', digest);
  return (await query.limit(1).execute()).length > 0;
};
