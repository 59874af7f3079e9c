import { sql, type Transaction } from 'kysely';
import type { QueryDeps } from '#records/deps.ts';
import type { Schema } from '#records/schema.ts';
import { toSigning } from '#records/signing-rows.ts';
import { documentKey, isFinished, outputKey, type FileOwner, type Signing } from '#signing/signing.ts';

/** A file that a record speaks of. */
export type NamedFile = Exclude<FileOwner, { kind: 'part' }>;

/** What the records say of files. */
export interface NamedFiles {
  /** Those of them that no record names. Of signings that are still worked on, none: they may be about to name them. */
  readonly listUnnamed: (files: readonly NamedFile[]) => Promise<NamedFile[]>;
  /**
   * Deletes a file that no record names, so that no record begins to name it meanwhile.
   * @param deleteFile called where that is so
   */
  deleteUnnamed(file: NamedFile, deleteFile: () => Promise<void>): Promise<void>;
  /** The keys of all files that records name, with the id of their signing. */
  list(): AsyncIterable<{ key: string; signing?: string; host: string }>;
}

type Trx = Transaction<Schema>;

/** Rows that are read at once. */
const page = 500;

/** Nobody works on it, unless a person settles it, who has its files written anew. */
const isAtRest = ({ status }: Signing): boolean => isFinished(status) || status === 'review';

const names = ({ outputs }: Signing, digest: string): boolean =>
  Object.values(outputs).some((kept) => kept?.digest === digest);

const mayGo = (signing: Signing | undefined, digest: string): boolean =>
  signing === undefined || (isAtRest(signing) && !names(signing, digest));

export const createNamedFiles = ({ db, now }: QueryDeps): NamedFiles => ({
  async listUnnamed(files) {
    const documents = files.filter((file) => file.kind === 'document');
    const outputs = files.filter((file) => file.kind === 'output');
    const digests = documents.map(({ digest }) => digest);
    const known = digests.length
      ? await db.selectFrom('documents').select(['host', 'digest']).where('digest', 'in', digests).execute()
      : [];
    const ids = outputs.map(({ signingId }) => signingId);
    const rows = ids.length ? await db.selectFrom('signings').selectAll().where('id', 'in', ids).execute() : [];
    const uploaded = new Set(known.map(({ host, digest }) => documentKey(host, digest)));
    const signings = new Map(rows.map((row) => [row.id, toSigning(row)]));
    return [
      ...documents.filter(({ host, digest }) => !uploaded.has(documentKey(host, digest))),
      ...outputs.filter(({ signingId, digest }) => mayGo(signings.get(signingId), digest)),
    ];
  },
  deleteUnnamed: (file, deleteFile) =>
    db.transaction().execute(async (trx) => {
      if (file.kind === 'document') return deleteDocument(trx, { ...file, at: now().getTime() }, deleteFile);
      const { signingId, digest } = file;
      // Locked: who would name the file waits.
      const query = trx.updateTable('signings').set({ id: signingId }).where('id', '=', signingId).returningAll();
      const row = await query.executeTakeFirst();
      if (mayGo(row && toSigning(row), digest)) await deleteFile();
    }),
  async *list() {
    for await (const { host, digest } of pages((after?: DocumentName) => listDocuments(db, after))) {
      yield { key: documentKey(host, digest), host };
    }
    for await (const row of pages((after?: SigningRow) => listSignings(db, after))) {
      const { id, host, outputs } = toSigning(row);
      for (const kept of Object.values(outputs)) if (kept) yield { key: outputKey(id, kept.digest), signing: id, host };
    }
  },
});

/** With a row in the place of the one that an upload would insert, so that the upload waits until the file is gone. */
const deleteDocument = async (
  trx: Trx,
  { host, digest, at }: { host: string; digest: string; at: number },
  deleteFile: () => Promise<void>,
): Promise<void> => {
  const empty = { bytes: 0, pages: 0, signatures: 0, place_json: null, uploaded_digest: digest, created_at: at };
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('documents')
    .values({ host, digest, ...empty })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  if (!numInsertedOrUpdatedRows) return;
  await deleteFile();
  await trx.deleteFrom('documents').where('host', '=', host).where('digest', '=', digest).execute();
};

type DocumentName = Pick<Schema['documents'], 'host' | 'digest'>;
type SigningRow = Schema['signings'];

const listDocuments = (db: QueryDeps['db'], after: DocumentName | undefined) =>
  db
    .selectFrom('documents')
    .select(['host', 'digest'])
    .$if(after !== undefined, (query) => query.where(sql<boolean>`(host, digest) > (${after!.host}, ${after!.digest})`))
    .orderBy('host')
    .orderBy('digest')
    .limit(page)
    .execute();

const listSignings = (db: QueryDeps['db'], after: SigningRow | undefined) =>
  db
    .selectFrom('signings')
    .selectAll()
    .$if(after !== undefined, (query) => query.where('id', '>', after!.id))
    .orderBy('id')
    .limit(page)
    .execute();

/** Row by row, a page at a time, each from behind the last row of the one before. */
async function* pages<Row>(read: (after: Row | undefined) => Promise<Row[]>): AsyncGenerator<Row> {
  let last: Row | undefined;
  for (;;) {
    const rows = await read(last);
    yield* rows;
    if (rows.length < page) return;
    last = rows.at(-1);
  }
}
