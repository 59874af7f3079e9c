import { CompactEncrypt, compactDecrypt, errors } from 'jose';
import { KeysError, type ChangeableKeys, type KeyFiles } from './key-storage.ts';

/** The keys are there, and cannot be opened with the passphrase that was given. */
export class PassphraseError extends KeysError {
  override name = 'PassphraseError';
}

const algorithms = { alg: 'PBES2-HS512+A256KW', enc: 'A256GCM' } as const;
/** OWASP's advice for PBKDF2 with HMAC-SHA-512. */
const iterations = 210_000;
const file = 'keys.jwe';
/** The same under a passphrase that is about to be the only one. */
const nextFile = 'keys-next.jwe';

type Passphrase = string | undefined;

/**
 * Keys that are kept as one JWE (RFC 7516, PBES2 of RFC 7518, 4.8) under a passphrase; without one, as they are.
 * @throws PassphraseError where keys and passphrase do not fit
 */
export const createEncryptedKeys = (keys: ChangeableKeys, passphrase: Passphrase): ChangeableKeys => ({
  list: () => keys.list(),
  async open(name, create) {
    const kept = await keys.open(name, async () => lock(await create(), passphrase));
    return unlock(kept, { name, passphrase });
  },
  replace: (name, change) =>
    keys.replace(name, async (kept) => {
      requireOneForm(name, kept);
      return lock(await change(await unlock(kept, { name, passphrase })), passphrase);
    }),
});

/**
 * Puts all keys under another passphrase, or under none. First all of them are kept under both, then under the new one
 * alone: whenever it is killed, one of the two opens all, and it can be called again with that one.
 * @throws PassphraseError where the keys do not open with `from`
 */
export const changePassphrase = async (
  keys: ChangeableKeys,
  { from, to }: Record<'from' | 'to', Passphrase>,
): Promise<void> => {
  const names = await keys.list();
  // All of them before any is touched.
  for (const name of names) await unlock(await keys.open(name, notThere), { name, passphrase: from });
  for (const name of names) {
    const both = async (files: KeyFiles) => ({ ...(await lock(files, from)), ...(await lock(files, to, nextFile)) });
    await keys.replace(name, async (kept) => both(await unlock(kept, { name, passphrase: from })));
  }
  for (const name of names)
    await keys.replace(name, async (kept) => lock(await unlock(kept, { name, passphrase: to }), to));
};

const notThere = async (): Promise<KeyFiles> => {
  throw new KeysError('the keys went away in between');
};

/** What is changed under one passphrase would be lost under the other. */
const requireOneForm = (name: string, { [file]: jwe, [nextFile]: next, ...clear }: KeyFiles): void => {
  const forms = [jwe !== undefined, next !== undefined, Object.keys(clear).length > 0];
  if (forms.filter(Boolean).length <= 1) return;
  throw new KeysError(`the passphrase of the keys '${name}' is being changed, or was for a part: end that first`);
};

const lock = async (files: KeyFiles, passphrase: Passphrase, as = file): Promise<KeyFiles> =>
  passphrase === undefined ? files : { [as]: await encrypt(files, passphrase) };

const unlock = async (kept: KeyFiles, given: { name: string; passphrase: Passphrase }): Promise<KeyFiles> => {
  const { [file]: jwe, [nextFile]: next, ...clear } = kept;
  const jwes = [jwe, next].filter((one) => one !== undefined);
  const { name, passphrase } = given;
  if (passphrase !== undefined) {
    if (jwes.length === 0)
      throw new PassphraseError(
        `the keys '${name}' are kept without a passphrase: start without one, or set it by tu-esign keys passphrase`,
      );
    return decryptAny(jwes, { name, passphrase });
  }
  if (jwes.length === 0 || Object.keys(clear).length > 0) return clear;
  throw new PassphraseError(`the keys '${name}' are encrypted: the passphrase is missing`);
};

const encrypt = (files: KeyFiles, passphrase: string): Promise<string> => {
  const jwe = new CompactEncrypt(Buffer.from(JSON.stringify(files))).setProtectedHeader(algorithms);
  return jwe.setKeyManagementParameters({ p2c: iterations }).encrypt(Buffer.from(passphrase));
};

type Given = { name: string; passphrase: string };

/** Two where somebody is at changing the passphrase, or was killed at it. */
const decryptAny = async ([jwe, next]: readonly string[], given: Given): Promise<KeyFiles> => {
  if (next === undefined) return decrypt(jwe!, given);
  return decrypt(jwe!, given).catch((error) => {
    if (error instanceof PassphraseError) return decrypt(next, given);
    throw error;
  });
};

const decrypt = async (jwe: string, { name, passphrase }: Given): Promise<KeyFiles> => {
  const allowed = {
    keyManagementAlgorithms: [algorithms.alg],
    contentEncryptionAlgorithms: [algorithms.enc],
    maxPBES2Count: iterations,
  };
  try {
    const { plaintext } = await compactDecrypt(jwe, Buffer.from(passphrase), allowed);
    return JSON.parse(Buffer.from(plaintext).toString());
  } catch (cause) {
    if (!(cause instanceof errors.JWEDecryptionFailed))
      throw new KeysError(`the encrypted keys '${name}' were altered: restore them from a backup`, { cause });
    throw new PassphraseError(`the keys '${name}' do not open with this passphrase`, { cause });
  }
};
