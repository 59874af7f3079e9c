import { sql, type Transaction } from 'kysely';
import type { QueryDeps } from './deps.ts';
import { appendObservations } from './evidence-rows.ts';
import type { Schema } from './schema.ts';
import type { Download } from './signing-store.ts';

type Trx = Transaction<Schema>;

const dayMs = 86_400_000;

/**
 * Counts downloads. Evidence tells of the first by each link's holder, then when they are twice as many as it told, and once
 * a day at most: each time how many they were by then. So it grows by a few entries, however often a file is fetched.
 */
export const createDownloads = (deps: QueryDeps) => ({
  async countDownload(download: Download): Promise<void> {
    const { db, now } = deps;
    await db.transaction().execute(async (trx) => {
      // Locks the row: two that append at once would both build on the same last entry.
      await sql`update signings set id = id where id = ${download.signingId}`.execute(trx);
      const { count, told, told_at: toldAt } = await increase(trx, download);
      const at = now().getTime();
      if (count > 1 && count < told * 2 && at - toldAt < dayMs) return;
      await tell(trx, { download, count, at }, deps);
    });
  },
});

const increase = async (trx: Trx, { signingId, file, by }: Download) =>
  trx
    .insertInto('downloads')
    .values({ signing_id: signingId, file, holder: by, count: 1, told: 0, told_at: 0 })
    .onConflict((conflict) =>
      conflict.columns(['signing_id', 'file', 'holder']).doUpdateSet({ count: sql`downloads.count + 1` }),
    )
    .returning(['count', 'told', 'told_at'])
    .executeTakeFirstOrThrow();

interface Told {
  download: Download;
  count: number;
  at: number;
}

const tell = async (trx: Trx, { download, count, at }: Told, { seal, now }: QueryDeps): Promise<void> => {
  const { signingId, file, by, digest, client } = download;
  const data = { file, ...(digest && { digest }), by, ...client, ...(count > 1 && { count }) };
  await appendObservations(trx, signingId, { observations: [{ kind: 'downloaded', data }], seal, now });
  await trx
    .updateTable('downloads')
    .set({ told: count, told_at: at })
    .where('signing_id', '=', signingId)
    .where('file', '=', file)
    .where('holder', '=', by)
    .execute();
};
