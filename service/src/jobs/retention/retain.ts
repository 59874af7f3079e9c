import { toCause, type Log } from '#telemetry/log.ts';
import { documentKey } from '#signing/signing.ts';
import type { FileStore } from '#files/file-store.ts';
import type { RetentionStore } from '#records/retention/retention.ts';
import type { Work } from '#scheduling/scheduler.ts';
import { createDeleteFiles } from './delete-files.ts';

export interface RetainOptions {
  retention: RetentionStore;
  files: FileStore;
  /** For how long everything is kept after its last change, in days. */
  days: number;
  now: () => Date;
  log: Log;
}

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/**
 * The work that deletes what has been kept for long enough: finished signings with all their files, and agreements that
 * no signing uses. Of each, a sealed note stays.
 */
export const createRetain = ({ retention, files, days, now, log }: RetainOptions): Work => {
  const deleteFiles = createDeleteFiles(files);

  const run = async (id: string): Promise<void> => {
    const [host, digest] = id.split('/');
    if (!digest) await retention.deleteSigning(id, deleteFiles);
    else await retention.deleteDocument({ host: host!, digest }, () => files.delete(documentKey(host!, digest)));
    log.info('deleted after its time', digest ? { host: host! } : { signing: id });
  };

  return {
    name: 'retain',
    pollMs: hourMs,
    async findDue(limit) {
      const before = now().getTime() - days * dayMs;
      await retention.deleteShowings(before);
      // Also after the last row that was deleted: findDue is called again after each.
      await retention.wipe();
      const signings = await retention.findExpiredSignings(before, limit);
      if (signings.length) return signings;
      const documents = await retention.findUnusedDocuments(before, limit);
      return documents.map(({ host, digest }) => `${host}/${digest}`);
    },
    run: (id) => run(id).catch((error) => log.error('deleting failed', { error: toCause(error) })),
    // What could not be deleted is found again by findDue.
    dueInMs: async () => null,
    makeAllDue: async () => {},
  };
};
