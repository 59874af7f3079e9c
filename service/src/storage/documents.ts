import type { DocumentRecord } from './signing-store.ts';
import type { RecordsOptions } from './records.ts';

/** The uploaded agreements, as each host's own. */
export const createDocuments = ({ db, now }: RecordsOptions) => ({
  async insertDocument({ uploadedDigest, ...document }: DocumentRecord): Promise<void> {
    const row = { ...document, uploaded_digest: uploadedDigest, created_at: now().getTime() };
    await db
      .insertInto('documents')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  },
  async findDocument(host: string, digest: string): Promise<DocumentRecord | undefined> {
    const query = db.selectFrom('documents').selectAll().where('host', '=', host).where('digest', '=', digest);
    const row = await query.executeTakeFirst();
    return row && { ...row, uploadedDigest: row.uploaded_digest };
  },
});
