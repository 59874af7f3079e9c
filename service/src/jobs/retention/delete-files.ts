import type { FileStore } from '#files/file-store.ts';
import { outputKey, type Signing } from '#signing/signing.ts';

/** Deletes all files of a signing. */
export const createDeleteFiles =
  (files: Pick<FileStore, 'delete'>) =>
  async ({ id, outputs }: Signing): Promise<void> => {
    for (const kept of Object.values(outputs)) if (kept) await files.delete(outputKey(id, kept.digest));
  };
