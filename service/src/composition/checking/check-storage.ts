import { access, constants, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openAuthority } from '#authority/authority.ts';
import type { KeyFiles } from '#keys/key-storage.ts';
import { openSecrets } from '#keys/secret.ts';
import { FolderInUseError } from '#records/database/sqlite.ts';
import { withEngines, type Engines } from '#composition/engines.ts';
import type { Config } from '#composition/settings/config.ts';
import type { SetupFinding } from './finding.ts';

/** What is said of an error that an operator can set right. */
export type Say = (error: unknown) => string;

/** Opens what is kept, as a start does, and makes nothing that is not there: who checks may be another user. */
export const checkStorage = async (config: Config, say: Say): Promise<SetupFinding[]> => {
  const { databaseUrl, dataFolder } = config;
  if (!databaseUrl && !(await isThere(join(dataFolder, 'records.sqlite')))) return [await checkNewFolder(dataFolder)];
  try {
    return await withEngines(config, (engines) => judge(engines, say));
  } catch (error) {
    if (!(error instanceof FolderInUseError)) return [{ part: 'storage', found: 'wrong', said: say(error) }];
    return [{ part: 'storage', found: 'good', said: `${dataFolder} is in use by a service that runs` }];
  }
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

/** Those that are missing were not made yet, where all of them are. */
const missing = new Error('not there');
const never = async (): Promise<KeyFiles> => {
  throw missing;
};

const judgeKeys = async ({ keys, holder }: Pick<Engines, 'keys' | 'holder'>, say: Say): Promise<SetupFinding[]> => {
  const kept = { open: (name: string) => keys.open(name, never) };
  try {
    for (const name of ['links', 'drafts']) await openSecrets(kept, name);
    const { validity } = await openAuthority({ keys: kept, holder, now: () => new Date() });
    return [judgeClock(validity)];
  } catch (error) {
    if (error === missing)
      return [{ part: 'keys', found: 'unsure', said: 'not all keys are there yet: a start makes them' }];
    return [{ part: 'keys', found: 'wrong', said: say(error) }];
  }
};

const day = (date: Date): string => date.toISOString().slice(0, 10);

const judgeClock = ({ from, to }: { from: Date; to: Date }): SetupFinding => {
  const now = new Date();
  if (now >= from && now <= to)
    return { part: 'clock', found: 'good', said: `within the authority’s certificates, which end on ${day(to)}` };
  const said = `it says ${day(now)}, and the authority’s certificates hold from ${day(from)} to ${day(to)}`;
  return { part: 'clock', found: 'wrong', said };
};
