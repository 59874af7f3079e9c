import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createEmbeddedScheduler } from '#scheduling/embedded-scheduler.ts';
import type { Scheduler } from '#scheduling/scheduler.ts';
import { createEncryptedKeys } from '#keys/encrypted-keys.ts';
import type { FileStore } from '#files/file-store.ts';
import { createFolderKeys } from '#keys/folder-keys.ts';
import { openFiles } from '#files/open-files.ts';
import type { RecordsDeps } from '#records/deps.ts';
import type { Records } from '#records/records.ts';
import { openSqliteRecords } from '#records/database/sqlite.ts';
import type { Config } from './config.ts';
import type { KeyStorage } from '#keys/key-storage.ts';
import type { Log } from '#telemetry/log.ts';

/** What keeps a service's state, and what wakes its works. */
export interface Engines {
  keys: KeyStorage;
  files: FileStore;
  scheduler: Scheduler;
  /** Once: evidence is sealed by a key that has to be read first. */
  readonly openRecords: (deps: RecordsDeps) => Promise<Records>;
}

/** PostgreSQL and its job queue where an address is given, one process on a folder where not. */
export const openEngines = async (config: Config, log: Log): Promise<Engines> => {
  const { databaseUrl, dataFolder, s3 } = config;
  if (!databaseUrl || !s3) await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const { keys, ...engines } = databaseUrl ? await openShared(databaseUrl, log) : openAlone(dataFolder);
  const files = await openFiles(s3 ?? join(dataFolder, 'files'));
  return { ...engines, files, keys: createEncryptedKeys(keys, config.keysPassphrase) };
};

const openAlone = (folder: string): Omit<Engines, 'files'> => ({
  keys: createFolderKeys(join(folder, 'keys')),
  scheduler: createEmbeddedScheduler(),
  openRecords: (deps) => openSqliteRecords(join(folder, 'records.sqlite'), deps),
});

/** Loaded where it is used: most services are alone. */
const openShared = async (address: string, log: Log): Promise<Omit<Engines, 'files'>> => {
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
