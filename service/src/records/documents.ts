import type { Selectable, Transaction } from 'kysely';
import type { Signing } from '#signing/signing.ts';
import type { QueryDeps } from './deps.ts';
import { defineRows, json } from './rows.ts';
import type { Schema } from './schema.ts';
import type { DocumentRecord } from './signing-store.ts';

const documentRows = defineRows<Selectable<Schema['documents']>, DocumentRecord>()({
  host: 'host',
  digest: 'digest',
  uploadedDigest: 'uploaded_digest',
  bytes: 'bytes',
  pages: 'pages',
  signatures: 'signatures',
  signaturePlace: json('place_json'),
  findings: json('findings_json'),
});

/** The uploaded agreements: each is known only to the host that uploaded it. */
export const createDocuments = ({ db, now }: QueryDeps) => ({
  async insertDocument(document: DocumentRecord): Promise<void> {
    const row = { ...documentRows.toRow(document), created_at: now().getTime() };
    const { findings_json, place_json } = row;
    await db
      .insertInto('documents')
      .values(row)
      // An older release did not look for anything in it, or had another place for the signature.
      .onConflict((conflict) => conflict.columns(['host', 'digest']).doUpdateSet({ findings_json, place_json }))
      .execute();
  },
  async findDocument(host: string, digest: string): Promise<DocumentRecord | undefined> {
    const query = db.selectFrom('documents').selectAll().where('host', '=', host).where('digest', '=', digest);
    const row = await query.executeTakeFirst();
    return row && documentRows.fromRow(row);
  },
});

/**
 * Keeps what a signing signs, the agreement and the signed document of the signatory before, from being deleted until
 * the transaction ends. Others may do the same at once. False where one of them is deleted already.
 */
export const lockInput = async (
  trx: Transaction<Schema>,
  signing: Signing,
  deps: Pick<QueryDeps, 'forShare'>,
): Promise<boolean> => {
  const { signingId } = signing.input;
  return (await lockDocument(trx, signing, deps)) && (signingId === null || lockSigning(trx, signingId, deps));
};

const lockDocument = async (
  trx: Transaction<Schema>,
  { host, request }: Signing,
  { forShare }: Pick<QueryDeps, 'forShare'>,
): Promise<boolean> => {
  const query = trx
    .selectFrom('documents')
    .select('digest')
    .where('host', '=', host)
    .where('digest', '=', request.document.digest)
    .modifyEnd(forShare);
  return (await query.executeTakeFirst()) !== undefined;
};

const lockSigning = async (
  trx: Transaction<Schema>,
  id: string,
  { forShare }: Pick<QueryDeps, 'forShare'>,
): Promise<boolean> => {
  const query = trx.selectFrom('signings').select('id').where('id', '=', id).modifyEnd(forShare);
  return (await query.executeTakeFirst()) !== undefined;
};
