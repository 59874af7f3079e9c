import { access, constants, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createEncryptedKeys } from '#keys/encrypted-keys.ts';
import { createFolderKeys } from '#keys/folder-keys.ts';
import { FolderInUseError } from '#records/database/sqlite.ts';
import { openKeyHolder } from '#composition/key-holder.ts';
import { withEngines, type Engines } from '#composition/engines.ts';
import type { Config } from '#composition/settings/config.ts';
import { judgeAuthority, judgeKeys } from './check-keys.ts';
import type { Say, SetupFinding } from './finding.ts';

/** Opens what is kept, as a start does, and makes nothing that is not there: who checks may be another user. */
export const checkStorage = async (config: Config, say: Say): Promise<SetupFinding[]> => {
  const { databaseUrl, dataFolder } = config;
  if (!databaseUrl && !(await isThere(join(dataFolder, 'records.sqlite')))) return checkBeforeStart(config, say);
  try {
    return await withEngines(config, (engines) => judge(engines, say));
  } catch (error) {
    if (!(error instanceof FolderInUseError)) return [{ part: 'storage', found: 'wrong', said: say(error) }];
    return [{ part: 'storage', found: 'good', said: `${dataFolder} is in use by a service that runs` }];
  }
};

/** Keys may be there already: those that wait for a root elsewhere to certify them, or are certified. */
const checkBeforeStart = async (config: Config, say: Say): Promise<SetupFinding[]> => {
  const found = [await checkNewFolder(config.dataFolder)];
  const folder = join(config.dataFolder, 'keys');
  if (!(await isThere(join(folder, 'authority')))) return found;
  const keys = createEncryptedKeys(createFolderKeys(folder), config.keysPassphrase);
  const holder = openKeyHolder(config);
  return [...found, ...(await judgeAuthority({ keys, holder }, say))];
};

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** The next folder above that there is must let the service make its own. */
const checkNewFolder = async (folder: string): Promise<SetupFinding> => {
  let existing = folder;
  while (!(await isThere(existing))) existing = dirname(existing);
  const isWritable = await access(existing, constants.W_OK).then(
    () => true,
    () => false,
  );
  if (!isWritable) return { part: 'storage', found: 'wrong', said: `${existing} may not be written` };
  return { part: 'storage', found: 'unsure', said: `nothing is kept in ${folder} yet: the first start begins there` };
};

const judge = async ({ files, keys, holder }: Engines, say: Say): Promise<SetupFinding[]> => {
  const found: SetupFinding[] = [{ part: 'storage', found: 'good', said: 'records and keys can be opened' }];
  await files.probe().then(
    () => found.push({ part: 'storage', found: 'good', said: 'files can be reached' }),
    (error) => found.push({ part: 'storage', found: 'wrong', said: `files cannot be reached: ${say(error)}` }),
  );
  return [...found, ...(await judgeKeys({ keys, holder }, say))];
};
