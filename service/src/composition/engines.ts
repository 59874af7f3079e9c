import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileStore } from '#files/file-store.ts';
import { openFiles } from '#files/open-files.ts';
import { createEncryptedKeys } from '#keys/encrypted-keys.ts';
import { createFolderKeys } from '#keys/folder-keys.ts';
import { inForce } from '#keys/generations.ts';
import type { KeyHolder } from '#keys/custody/key-holder.ts';
import type { ChangeableKeys, KeyStorage } from '#keys/key-storage.ts';
import { openSealKeys } from '#keys/secret.ts';
import { Problem } from '#problem.ts';
import { openSqliteRecords, RecordsFileError } from '#records/database/sqlite.ts';
import type { RecordsDeps } from '#records/deps.ts';
import type { Records } from '#records/records.ts';
import { createEmbeddedScheduler } from '#scheduling/embedded-scheduler.ts';
import type { Scheduler } from '#scheduling/scheduler.ts';
import { createSeal, type Seal } from '#signing/evidence.ts';
import { createLog, type Log } from '#telemetry/log.ts';
import { openKeyHolder } from './key-holder.ts';
import type { Config } from './settings/config.ts';

/** What keeps a service's state, and what wakes its jobs. */
export interface Engines {
  keys: KeyStorage;
  /** Makes and finds the keys that sign. */
  holder: KeyHolder;
  records: Records;
  files: FileStore;
  scheduler: Scheduler;
}

interface EngineDeps {
  log: Log;
  now: () => Date;
}

/** What of it depends on whether the state is shared. */
interface Storage {
  keys: ChangeableKeys;
  scheduler: Scheduler;
  readonly openRecords: (deps: RecordsDeps) => Promise<Records>;
}

/** PostgreSQL and its job queue where an address is given, one process on a folder where not. */
export const openEngines = async (config: Config, { log, now }: EngineDeps): Promise<Engines> => {
  const { databaseUrl, dataFolder, s3 } = config;
  if (!databaseUrl || !s3) await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const storage = databaseUrl ? await openShared(databaseUrl, log) : openAlone(dataFolder);
  const files = await openFiles(s3 ?? join(dataFolder, 'files'));
  const keys = createEncryptedKeys(storage.keys, config.keysPassphrase);
  // Before the records, which seal evidence with it.
  const holder = openKeyHolder(config);
  const sealKeys = await openSealKeys(keys, holder);
  const seal: Seal = (head) =>
    createSeal(inForce(sealKeys, now().getTime()).signer)(head).catch((cause) => {
      // What holds the key may be away for a moment: what cannot be sealed is not kept, and is posted again.
      throw new Problem('storage-unavailable', undefined, { cause });
    });
  const records = await storage.openRecords({ now, seal });
  return { keys, holder, records, files, scheduler: storage.scheduler };
};

/** Opens what a service keeps for a command, which tells by itself what it finds, and closes it again. */
export const withEngines = async <T>(config: Config, use: (engines: Engines) => Promise<T>): Promise<T> => {
  const engines = await openEngines(config, { log: createLog(() => {}), now: () => new Date() });
  try {
    return await use(engines);
  } finally {
    await engines.scheduler.stop(0);
    await engines.records.close();
  }
};

const openAlone = (folder: string): Storage => ({
  keys: createFolderKeys(join(folder, 'keys')),
  scheduler: createEmbeddedScheduler(),
  async openRecords(deps) {
    const path = join(folder, 'records.sqlite');
    await requireRecords(path, join(folder, 'keys', 'links'));
    return openSqliteRecords(path, deps);
  },
});

const hasContent = (path: string): Promise<boolean> =>
  stat(path).then(
    ({ size }) => size > 0,
    () => false,
  );

/** The key of links is made after the records: where it is and they are not, they were lost, and are not begun anew. */
const requireRecords = async (path: string, madeLater: string): Promise<void> => {
  if (!(await hasContent(madeLater)) || (await hasContent(path)) || (await hasContent(`${path}-wal`))) return;
  const said = 'is missing or empty, though this folder has been in use: restore it from a backup';
  throw new RecordsFileError(`${path} ${said}; to begin anew, move the whole folder away`);
};

/** Loaded where it is used alone: most services are one process, and start sooner without it. */
const openShared = async (address: string, log: Log): Promise<Storage> => {
  const { createPostgresRecords, openPostgres } = await import('#records/database/postgres.ts');
  const { createPostgresKeys } = await import('#keys/postgres-keys.ts');
  const { openPgBoss } = await import('#scheduling/pg-boss-scheduler.ts');
  const db = await openPostgres(address, log);
  const { scheduler, enqueue } = await openPgBoss({ address, log });
  return {
    keys: createPostgresKeys(db),
    scheduler,
    openRecords: async (deps) => createPostgresRecords(db, { ...deps, enqueue }),
  };
};
