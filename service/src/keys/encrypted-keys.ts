import { CompactEncrypt, compactDecrypt, errors } from 'jose';
import { KeysError, type KeyFiles, type KeyStorage } from './key-storage.ts';

/** The keys are there, and cannot be opened with the passphrase that was given. */
export class PassphraseError extends KeysError {
  override name = 'PassphraseError';
}

const algorithms = { alg: 'PBES2-HS512+A256KW', enc: 'A256GCM' } as const;
/** OWASP's advice for PBKDF2 with HMAC-SHA-512. */
const iterations = 210_000;
const file = 'keys.jwe';

/**
 * Keys that are kept as one JWE (RFC 7516, PBES2 of RFC 7518, 4.8) under a passphrase; without one, as they are.
 * @throws PassphraseError where keys and passphrase do not fit
 */
export const createEncryptedKeys = (keys: KeyStorage, passphrase: string | undefined): KeyStorage => ({
  async open(name, create) {
    const kept = await keys.open(name, async () => (passphrase ? encrypt(await create(), passphrase) : create()));
    const jwe = kept[file];
    if (!jwe && !passphrase) return kept;
    if (!jwe) throw new PassphraseError(`the keys '${name}' were made without a passphrase: start without one`);
    if (!passphrase) throw new PassphraseError(`the keys '${name}' are encrypted: the passphrase is missing`);
    return decrypt(jwe, { name, passphrase });
  },
});

const encrypt = async (files: KeyFiles, passphrase: string): Promise<KeyFiles> => {
  const jwe = new CompactEncrypt(Buffer.from(JSON.stringify(files))).setProtectedHeader(algorithms);
  return { [file]: await jwe.setKeyManagementParameters({ p2c: iterations }).encrypt(Buffer.from(passphrase)) };
};

const decrypt = async (jwe: string, { name, passphrase }: { name: string; passphrase: string }): Promise<KeyFiles> => {
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
