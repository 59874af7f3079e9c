import { cp, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createDiskStore } from '#files/disk.ts';
import type { FileStore } from '#files/file-store.ts';
import { FileAlteredError } from '#files/verified-files.ts';
import { copySqliteRecords } from '#records/database/copy-sqlite.ts';
import { withEngines, type Engines } from '#composition/engines.ts';
import type { Config } from '#composition/settings/config.ts';
import { BackupError, recordsFile, sha256Of, writeAbout, type About } from './backup-folder.ts';
import { dumpPostgres } from './postgres-tools.ts';

/** What a backup holds, and what it could not have. */
export interface BackedUp {
  files: number;
  /** Files that records name and that are missing or altered: they were before. */
  damaged: string[];
}

/**
 * Copies records, keys and files into a new folder: the records first, since files are there before a record names them.
 * @throws BackupError, SetupError
 */
export const backUp = async (config: Config, folder: string): Promise<BackedUp> => {
  await createEmpty(folder);
  const kind: About['kind'] = config.databaseUrl ? 'postgres' : 'sqlite';
  const records = join(folder, recordsFile[kind]);
  if (config.databaseUrl) await dumpPostgres(config.databaseUrl, records);
  else await copyFolderOf(config, folder, records);
  const copied = await withEngines(config, (engines) => copyFiles(engines, createDiskStore(join(folder, 'files'))));
  const about = { version: 1, createdAt: new Date().toISOString(), kind, sha256: await sha256Of(records) } as const;
  await writeAbout(folder, { ...about, files: copied.files });
  return copied;
};

const createEmpty = async (folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await readdir(folder)).length > 0) throw new BackupError(`${folder} is not empty: name a new folder`);
};

const copyFolderOf = async ({ dataFolder }: Config, folder: string, records: string): Promise<void> => {
  await copySqliteRecords(join(dataFolder, 'records.sqlite'), records);
  await cp(join(dataFolder, 'keys'), join(folder, 'keys'), { recursive: true, preserveTimestamps: true });
};

const copyFiles = async ({ records, files }: Engines, to: FileStore): Promise<BackedUp> => {
  const done: BackedUp = { files: 0, damaged: [] };
  for await (const { key } of records.namedFiles.list()) {
    const content = await readWhole(files, key);
    if (content === undefined) done.damaged.push(key);
    else await to.write(key, content);
    done.files += content === undefined ? 0 : 1;
  }
  return done;
};

const readWhole = async (files: FileStore, key: string): Promise<Uint8Array | undefined> => {
  try {
    return await files.read(key);
  } catch (error) {
    if (error instanceof FileAlteredError) return undefined;
    throw error;
  }
};
