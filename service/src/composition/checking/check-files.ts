import { FileAlteredError } from '#files/verified-files.ts';
import type { FileStore } from '#files/file-store.ts';
import { FolderInUseError } from '#records/database/sqlite.ts';
import { SetupError } from '#setup-error.ts';
import type { Config } from '#composition/settings/config.ts';
import { withEngines, type Engines } from '#composition/engines.ts';

/** A file that is not as it was kept. */
export interface Difference {
  found: 'missing' | 'altered';
  key: string;
  host: string;
  /** Absent for an agreement. */
  signing?: string;
}

/** How many files records name, and how many of them differ. */
export interface Checked {
  files: number;
  different: number;
}

/**
 * Reads every file that a record names and compares it with its digest. Of records in a folder it needs them for itself:
 * the service must not run.
 * @throws SetupError where they cannot be opened
 * @throws Problem storage-unavailable
 */
export const checkFiles = async (config: Config, tell: (difference: Difference) => void): Promise<Checked> => {
  try {
    return await withEngines(config, (engines) => compareFiles(engines, tell));
  } catch (cause) {
    if (cause instanceof FolderInUseError) throw new SetupError(`${cause.path} ${inUse}`, { cause });
    throw cause;
  }
};

const compareFiles = async ({ records, files }: Engines, tell: (difference: Difference) => void): Promise<Checked> => {
  const checked: Checked = { files: 0, different: 0 };
  for await (const named of records.namedFiles.list()) {
    checked.files += 1;
    const found = await judge(files, named.key);
    if (found === undefined) continue;
    checked.different += 1;
    tell({ found, ...named });
  }
  return checked;
};

const inUse =
  'is in use by the service, which keeps its records for itself: stop it for as long as this takes, or restore a backup of the folder elsewhere and check that, with TU_ESIGN_DATA';

const judge = async (files: FileStore, key: string): Promise<Difference['found'] | undefined> => {
  try {
    return (await files.read(key)) ? undefined : 'missing';
  } catch (error) {
    if (error instanceof FileAlteredError) return 'altered';
    throw error;
  }
};
