import type { SignaturePlace } from '@tu-esign/contract';
import type { Transaction } from 'kysely';
import type { Signing } from '#signing/signing.ts';
import type { RecordsOptions } from './records.ts';
import type { Schema } from './schema.ts';
import type { DocumentRecord } from './signing-store.ts';

/** The uploaded agreements, as each host's own. */
export const createDocuments = ({ db, now }: RecordsOptions) => ({
  async insertDocument({ uploadedDigest, signaturePlace, ...document }: DocumentRecord): Promise<void> {
    const place_json = signaturePlace && JSON.stringify(signaturePlace);
    const row = { ...document, uploaded_digest: uploadedDigest, place_json, created_at: now().getTime() };
    await db
      .insertInto('documents')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  },
  async findDocument(host: string, digest: string): Promise<DocumentRecord | undefined> {
    const query = db.selectFrom('documents').selectAll().where('host', '=', host).where('digest', '=', digest);
    const row = await query.executeTakeFirst();
    if (!row) return undefined;
    const signaturePlace = row.place_json === null ? null : (JSON.parse(row.place_json) as SignaturePlace);
    return { ...row, uploadedDigest: row.uploaded_digest, signaturePlace };
  },
});

/** Keeps what is to be signed from being deleted for the rest of the transaction. False where it is not there. */
export const shareGiven = async (
  trx: Transaction<Schema>,
  signing: Signing,
  options: Pick<RecordsOptions, 'forShare'>,
): Promise<boolean> => {
  const { signingId } = signing.given;
  return (await shareDocument(trx, signing, options)) && (signingId === null || sharePrevious(trx, signingId, options));
};

const sharePrevious = async (
  trx: Transaction<Schema>,
  id: string,
  { forShare }: Pick<RecordsOptions, 'forShare'>,
): Promise<boolean> => {
  const query = trx.selectFrom('signings').select('id').where('id', '=', id).modifyEnd(forShare);
  return (await query.executeTakeFirst()) !== undefined;
};

/**
 * Keeps a document from being deleted for the rest of the transaction; many may do so at once. False where there
 * is none.
 */
const shareDocument = async (
  trx: Transaction<Schema>,
  { host, request }: Signing,
  { forShare }: Pick<RecordsOptions, 'forShare'>,
): Promise<boolean> => {
  const query = trx
    .selectFrom('documents')
    .select('digest')
    .where('host', '=', host)
    .where('digest', '=', request.document.digest)
    .modifyEnd(forShare);
  return (await query.executeTakeFirst()) !== undefined;
};
