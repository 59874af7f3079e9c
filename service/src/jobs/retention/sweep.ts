import type { FileStore, StoredFile } from '#files/file-store.ts';
import type { NamedFile, NamedFiles } from '#records/retention/named-files.ts';
import type { Work } from '#scheduling/scheduler.ts';
import { documentKey, outputKey, ownerOf } from '#signing/signing.ts';
import { toCause, type Log } from '#telemetry/log.ts';

export interface SweepOptions {
  files: FileStore;
  namedFiles: NamedFiles;
  now: () => Date;
  log: Log;
}

const halfMinuteMs = 30_000;
const hourMs = 3_600_000;
/** Far longer than anything is written, or waits between its writing and its record; and than clocks differ. */
const youngMs = 24 * hourMs;
const everyMs = 6 * hourMs;
/** Files that are compared with the records at once. */
const batch = 500;

/**
 * The work that deletes what writes that were interrupted have left: files that no record names, and parts of files. It is
 * done after a start, and some times a day; where storage fails meanwhile, again half a minute later. What lies there and is
 * not of the service's own making stays.
 */
export const createSweep = (options: SweepOptions): Work => {
  const { log } = options;
  let sweptAt = -Infinity;

  const run = async (): Promise<void> => {
    sweptAt = performance.now();
    const files = await sweep(options).catch((error) => {
      sweptAt = -Infinity;
      throw error;
    });
    if (files > 0) log.info('files that no record names were deleted', { files });
  };

  return {
    name: 'sweep',
    pollMs: halfMinuteMs,
    findDue: async () => (performance.now() - sweptAt < everyMs ? [] : ['files']),
    run: () => run().catch((error) => log.error('sweeping failed', { error: toCause(error) })),
    dueInMs: async () => null,
    makeAllDue: async () => {},
  };
};

/** @returns how many were deleted */
const sweep = async ({ files, namedFiles, now }: SweepOptions): Promise<number> => {
  const isOld = ({ writtenAt }: StoredFile): boolean => now().getTime() - writtenAt > youngMs;
  let deleted = 0;

  const deleteOld = async (key: string): Promise<void> => {
    const found = await files.find(key);
    // It may have been written again in the meantime.
    if (!found || !isOld(found)) return;
    await files.delete(key);
    deleted += 1;
  };

  const compare = async (named: readonly NamedFile[]): Promise<void> => {
    for (const file of await namedFiles.listUnnamed(named))
      await namedFiles.deleteUnnamed(file, () => deleteOld(keyOf(file)));
  };

  let waiting: NamedFile[] = [];
  for await (const file of files.list()) {
    const owner = isOld(file) ? ownerOf(file.key) : undefined;
    if (owner?.kind === 'part') await deleteOld(file.key);
    else if (owner) waiting.push(owner);
    if (waiting.length === batch) await compare(waiting.splice(0));
  }
  await compare(waiting);
  return deleted;
};

const keyOf = (file: NamedFile): string =>
  file.kind === 'document' ? documentKey(file.host, file.digest) : outputKey(file.signingId, file.digest);
