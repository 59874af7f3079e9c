import { join } from 'node:path';
import { createFolderKeys } from '#keys/folder-keys.ts';
import { KeysError, type ChangeableKeys } from '#keys/key-storage.ts';
import { createLog } from '#telemetry/log.ts';
import type { Config } from '#composition/settings/config.ts';

type Kept = Pick<Config, 'databaseUrl' | 'dataFolder'>;

/**
 * The keys of a service that may be running, as they are kept: encrypted where there is a passphrase.
 * @throws KeysError where there are none yet
 */
export const withKeptKeys = async <T>(config: Kept, use: (keys: ChangeableKeys) => Promise<T>): Promise<T> => {
  const { keys, close } = await openKept(config);
  try {
    const names = await keys.list();
    const missing = keyNames.filter((name) => !names.includes(name));
    if (missing.length > 0) throw new KeysError(`there are no keys '${missing[0]!}' yet: a start makes them`);
    return await use(keys);
  } finally {
    await close();
  }
};

/** All that a service has once it has started. */
export const keyNames = ['authority', 'drafts', 'evidence', 'evidence-certificate', 'links'] as const;

/** As they are kept, where there are any. */
export const openKept = async ({ databaseUrl, dataFolder }: Kept) => {
  if (!databaseUrl) return { keys: createFolderKeys(join(dataFolder, 'keys')), close: async () => {} };
  const { openPostgres } = await import('#records/database/postgres.ts');
  const { createPostgresKeys } = await import('#keys/postgres-keys.ts');
  const db = await openPostgres(
    databaseUrl,
    createLog(() => {}),
  );
  return { keys: createPostgresKeys(db), close: () => db.destroy() };
};
