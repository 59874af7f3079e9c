import { openAuthority } from '#authority/authority.ts';
import { addAuthorityKey, type Custody } from '#authority/create-authority.ts';
import { createEncryptedKeys } from '#keys/encrypted-keys.ts';
import { inForce, listGenerations } from '#keys/generations.ts';
import { KeysError, type ChangeableKeys, type KeyFiles } from '#keys/key-storage.ts';
import { addSealKey, addSecret } from '#keys/secret.ts';
import { openKeyHolder, type HolderSettings } from '#composition/key-holder.ts';
import type { Config } from '#composition/settings/config.ts';
import { publishedAt } from '#composition/settings/published-at.ts';
import { keyNames, withKeptKeys } from './open-keys.ts';

/** What can be rotated. The root is not: it is what others have pinned. */
export const rotatable = ['links', 'drafts', 'seal', 'issuing', 'time-stamp'] as const;
export type Rotatable = (typeof rotatable)[number];

/** Where the keys are kept, who holds them, and where what they certify is told to be revoked. */
interface Place extends Custody {
  keys: ChangeableKeys;
}

interface Kind {
  /** Under which name the files are, and what their names begin with and end in. */
  name: (typeof keyNames)[number];
  base: string;
  ending: string;
  readonly add: (files: KeyFiles, from: number, place: Place) => Promise<KeyFiles>;
  /** Which files of a key that was replaced go. */
  readonly obsolete: readonly string[];
}

const now = (): Date => new Date();

const kinds: Record<Rotatable, Kind> = {
  links: {
    name: 'links',
    base: 'secret',
    ending: '',
    obsolete: [''],
    add: async (files, from) => addSecret(files, from),
  },
  drafts: {
    name: 'drafts',
    base: 'secret',
    ending: '',
    obsolete: [''],
    add: async (files, from) => addSecret(files, from),
  },
  seal: {
    name: 'evidence',
    base: 'evidence',
    ending: '.key.pem',
    // Its certificate stays: evidence that it sealed is asked for later.
    obsolete: ['.key.pem'],
    async add(files, from, place) {
      const { certifySeal: certify } = await openAuthority({ ...place, now });
      return addSealKey(files, from, { certify, holder: place.holder });
    },
  },
  // It stays, and goes on telling what of it is revoked.
  issuing: ofAuthority('issuing', []),
  'time-stamp': ofAuthority('time-stamp', ['.key.pem', '.pem']),
};

function ofAuthority(which: 'issuing' | 'time-stamp', obsolete: readonly string[]): Kind {
  const add: Kind['add'] = (files, from, { holder, algorithm, publishedAt }) =>
    addAuthorityKey(files, which, { from, now: now(), holder, algorithm, publishedAt });
  return { name: 'authority', base: which, ending: '.key.pem', obsolete, add };
}

/** Links and drafts of a key that was replaced have ended by then. */
const keptMs = 2 * 24 * 3_600_000;

/** A key and when it came, or will come, into force: milliseconds, 0 for that of the first start. */
export interface KeptKey {
  kind: Rotatable;
  from: number;
  state: 'old' | 'in force' | 'to come';
}

type Kept = Pick<
  Config,
  'databaseUrl' | 'dataFolder' | 'keysPassphrase' | 'publicUrl' | 'revocationUrl' | 'authorityKeys'
> &
  HolderSettings;

/**
 * Makes another key of each kind, in force from then on; those before are kept for what they have signed.
 * @throws KeysError where one waits already to come into force
 */
export const rotateKeys = (config: Kept, which: readonly Rotatable[], from: number): Promise<void> =>
  withOpenKeys(config, async (keys) => {
    const { authorityKeys: algorithm } = config;
    const place = { keys, holder: openKeyHolder(config), algorithm, publishedAt: publishedAt(config) };
    for (const kind of which) await rotate(place, kind, from);
  });

export const listKeys = (config: Kept): Promise<KeptKey[]> =>
  withOpenKeys(config, async (keys) => {
    const listed: KeptKey[] = [];
    for (const kind of rotatable) listed.push(...describe(kind, await keys.open(kinds[kind].name, notThere)));
    return listed;
  });

const notThere = async (): Promise<KeyFiles> => {
  throw new KeysError('the keys went away in between');
};

/** All of them are opened first: a passphrase that fits one only must not be what another is written under. */
const withOpenKeys = <T>(config: Kept, use: (keys: ChangeableKeys) => Promise<T>): Promise<T> =>
  withKeptKeys(config, async (kept) => {
    const keys = createEncryptedKeys(kept, config.keysPassphrase);
    for (const name of keyNames) await keys.open(name, notThere);
    return use(keys);
  });

const rotate = (place: Place, which: Rotatable, from: number): Promise<void> => {
  const { name, add } = kinds[which];
  return place.keys.replace(name, async (files) => {
    requireNoneToCome(which, files);
    return add(withoutObsolete(which, files), from, place);
  });
};

/**
 * What becomes of the authority's files where others were put beside those before: what has ended goes.
 * @throws KeysError where another key waits already to come into force
 */
export const replaceAuthority = (before: KeyFiles, after: KeyFiles): KeyFiles => {
  for (const which of ['issuing', 'time-stamp'] as const)
    if (countOf(which, after) > countOf(which, before)) requireNoneToCome(which, before);
  return withoutObsolete('time-stamp', after);
};

const countOf = (which: Rotatable, files: KeyFiles): number =>
  listGenerations(files, kinds[which].base, kinds[which].ending).length;

const requireNoneToCome = (which: Rotatable, files: KeyFiles): void => {
  const toCome = describe(which, files).find(({ state }) => state === 'to come');
  if (!toCome) return;
  const at = new Date(toCome.from).toISOString();
  throw new KeysError(`another key for ${which} comes into force at ${at}: rotate it again after that`);
};

const withoutObsolete = (which: Rotatable, files: KeyFiles): KeyFiles => {
  const { base, ending, obsolete } = kinds[which];
  const all = listGenerations(files, base, ending);
  const ended = all.filter((_, at) => (all[at + 1]?.from ?? Infinity) < Date.now() - keptMs);
  const gone = new Set(ended.flatMap(({ name }) => obsolete.map((end) => name + end)));
  return Object.fromEntries(Object.entries(files).filter(([file]) => !gone.has(file)));
};

const describe = (kind: Rotatable, files: KeyFiles): KeptKey[] => {
  const { base, ending } = kinds[kind];
  const all = listGenerations(files, base, ending);
  const current = inForce(all, Date.now());
  return all.map((one) => {
    const replaced = one.from < current.from ? 'old' : 'to come';
    return { kind, from: one.from, state: one === current ? 'in force' : replaced };
  });
};
