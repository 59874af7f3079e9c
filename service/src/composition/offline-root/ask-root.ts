import type { Replaceable } from '#authority/create-authority.ts';
import { addRequestedKeys, createRequests } from '#authority/offline/create-request.ts';
import { installCertificates } from '#authority/offline/install.ts';
import { createEncryptedKeys } from '#keys/encrypted-keys.ts';
import { KeysError, type ChangeableKeys } from '#keys/key-storage.ts';
import { openKeyHolder, type HolderSettings } from '#composition/key-holder.ts';
import { replaceAuthority } from '#composition/rotation/rotate-keys.ts';
import { openKept } from '#composition/rotation/open-keys.ts';
import type { Config } from '#composition/settings/config.ts';

type Kept = Pick<Config, 'databaseUrl' | 'dataFolder' | 'keysPassphrase' | 'organisation' | 'authorityKeys'> &
  HolderSettings;

/** The keys of a service that may not have started yet. */
const withAuthority = async <T>(config: Kept, use: (keys: ChangeableKeys) => Promise<T>): Promise<T> => {
  const { keys, close } = await openKept(config);
  try {
    return await use(createEncryptedKeys(keys, config.keysPassphrase));
  } finally {
    await close();
  }
};

/**
 * Makes keys that a root elsewhere is to certify. Asked again, the same keys are asked for until they are certified.
 * @returns the request, PEM
 * @throws KeysError where the root's key is here
 */
export const requestCertificates = (config: Kept, which: readonly Replaceable[]): Promise<string> =>
  withAuthority(config, async (keys) => {
    const holder = openKeyHolder(config);
    const { authorityKeys: algorithm } = config;
    const begun = () => addRequestedKeys({}, ['issuing', 'time-stamp'], { holder, algorithm });
    const files = await keys.open('authority', begun);
    if (files['root.key.pem'] !== undefined)
      throw new KeysError(
        "the root's key of this service is here: rotate by tu-esign keys rotate, or begin with another service",
      );
    const isFirst = files['root.pem'] === undefined;
    const asked = isFirst ? (['issuing', 'time-stamp'] as const) : which;
    await keys.replace('authority', (kept) => addRequestedKeys(kept, asked, { holder, algorithm }));
    const { organisation: organization } = config;
    return createRequests(await keys.open('authority', notThere), asked, { holder, organization });
  });

const notThere = async (): Promise<never> => {
  throw new KeysError('there is nothing that this service has asked a root for: ask by tu-esign keys request');
};

/**
 * Puts certificates and the list of a root elsewhere in place.
 * @throws KeysError that says what does not fit; then nothing is changed
 */
export const installAnswer = (config: Kept, answer: string, from: number): Promise<void> =>
  withAuthority(config, async (keys) => {
    await keys.open('authority', notThere);
    const options = { holder: openKeyHolder(config), from, now: new Date() };
    await keys.replace('authority', async (files) =>
      replaceAuthority(files, await installCertificates(files, answer, options)),
    );
  });
