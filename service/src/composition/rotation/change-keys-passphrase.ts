import { changePassphrase } from '#keys/encrypted-keys.ts';
import type { Config } from '#composition/settings/config.ts';
import { withKeptKeys } from './open-keys.ts';

/**
 * Puts the keys under another passphrase than the one that is set, or under none.
 * @throws PassphraseError where they do not open with the one that is set
 */
export const changeKeysPassphrase = (
  config: Pick<Config, 'databaseUrl' | 'dataFolder' | 'keysPassphrase'>,
  to: string | undefined,
): Promise<void> => withKeptKeys(config, (keys) => changePassphrase(keys, { from: config.keysPassphrase, to }));
