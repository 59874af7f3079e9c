import { copyFile, constants, cp, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createDiskStore } from '#files/disk.ts';
import { openFiles } from '#files/open-files.ts';
import type { Config } from '#composition/settings/config.ts';
import { BackupError, readAbout, recordsFile, sha256Of, type About } from './backup-folder.ts';
import { requireEmptyDatabase, restorePostgres } from './postgres-tools.ts';

/**
 * Puts a backup where a service that never ran would begin: files first, since records name them.
 * @returns how many files were written
 * @throws BackupError where there is something already, or the backup is not whole
 */
export const restoreBackup = async (config: Config, folder: string): Promise<number> => {
  const about = await readAbout(folder);
  const records = join(folder, recordsFile[about.kind]);
  requireKind(config, about);
  if ((await sha256Of(records)) !== about.sha256) throw new BackupError(`${records} was altered: take another backup`);
  if (config.databaseUrl) await requireEmptyDatabase(config.databaseUrl);
  else await requireUnused(config.dataFolder);
  const files = await restoreFiles(config, folder);
  if (files < about.files) throw new BackupError(`the backup lacks ${about.files - files} of its files`);
  if (config.databaseUrl) await restorePostgres(config.databaseUrl, records);
  else await restoreFolder(config.dataFolder, folder, records);
  return files;
};

const requireKind = ({ databaseUrl }: Config, { kind }: About): void => {
  if ((kind === 'postgres') === (databaseUrl !== undefined)) return;
  const said =
    kind === 'postgres' ? 'of PostgreSQL: set TU_ESIGN_DATABASE_URL' : 'of a folder: unset TU_ESIGN_DATABASE_URL';
  throw new BackupError(`the backup is ${said}`);
};

/** What is there is never written over: it may be what somebody still needs. */
const requireUnused = async (folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await readdir(folder)).length === 0) return;
  throw new BackupError(`${folder} is in use: move it away, or set TU_ESIGN_DATA to a new folder`);
};

const restoreFiles = async ({ s3, dataFolder }: Config, folder: string): Promise<number> => {
  const from = createDiskStore(join(folder, 'files'));
  const to = await openFiles(s3 ?? join(dataFolder, 'files'));
  let written = 0;
  for await (const { key } of from.list()) {
    // Its digest is looked at as it is written.
    await to.write(key, (await from.read(key))!);
    written += 1;
  }
  return written;
};

const restoreFolder = async (dataFolder: string, folder: string, records: string): Promise<void> => {
  await cp(join(folder, 'keys'), join(dataFolder, 'keys'), { recursive: true, preserveTimestamps: true });
  // Last: without it a service begins anew, or refuses to.
  await copyFile(records, join(dataFolder, 'records.sqlite'), constants.COPYFILE_EXCL);
};
