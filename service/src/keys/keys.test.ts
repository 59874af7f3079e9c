import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, inject, test } from 'vitest';
import type { KeyFiles, KeyStorage } from './key-storage.ts';
import { createLog } from '#telemetry/log.ts';
import { createDatabase, query } from '../../test/postgres-server.ts';
import { createFolder } from '../../test/tools.ts';
import { createEncryptedKeys, PassphraseError } from './encrypted-keys.ts';
import { createFolderKeys } from './folder-keys.ts';
import { createPostgresKeys } from './postgres-keys.ts';
import { openPostgres } from '#records/database/postgres.ts';
import { openSecret } from './secret.ts';

const folder = createFolder();
afterAll(() => folder.remove());
const silent = createLog(() => {});
const ends: (() => Promise<void>)[] = [];
afterAll(() => Promise.all(ends.map((end) => end())));
const passphrase = 'a passphrase of the operator';

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);
const never = async (): Promise<KeyFiles> => {
  throw new Error('made twice');
};

/** Each kind: a fresh place, opened as often as it is asked for; what lies there in text. */
const kinds = {
  'in a folder': async () => {
    const place = join(folder.path, crypto.randomUUID());
    const text = async () => readFileSync(join(place, 'one', 'keys.jwe'), 'utf8');
    return { open: async () => createFolderKeys(place), text };
  },
  'in PostgreSQL': async () => {
    const address = await createDatabase(inject('postgres'));
    const open = async () => {
      const db = await openPostgres(address, silent);
      ends.push(() => db.destroy());
      return createPostgresKeys(db);
    };
    const text = async () => JSON.stringify(await query(address, 'select * from keys'));
    return { open, text };
  },
};

describe.each(Object.entries(kinds))('keys %s', (_kind, createPlace) => {
  let place: Awaited<ReturnType<typeof createPlace>>;
  let keys: KeyStorage;
  beforeEach(async () => {
    place = await createPlace();
    keys = await place.open();
  });

  test('are made once, and the same after every start', async () => {
    const made = { 'a.pem': 'A', 'b.pem': 'B' };
    expect(await keys.open('one', async () => made)).toEqual(made);
    expect(await (await place.open()).open('one', never)).toEqual(made);
    await expect(keys.open('other', never)).rejects.toThrow('made twice');
  });

  test('that eight first starts make at once are one and the same', async () => {
    const starts = await Promise.all(Array.from({ length: 8 }, () => place.open()));
    const secrets = await Promise.all(starts.map((start) => openSecret(start, 'links')));
    expect(new Set(secrets.map((secret) => Buffer.from(secret).toString('hex'))).size).toBe(1);
    expect(secrets[0]).toHaveLength(32);
    expect(await openSecret(keys, 'others')).not.toEqual(secrets[0]);
  });

  test('under a passphrase are read with it alone, and lie there encrypted', async () => {
    const made = { 'a.pem': 'the secret of all' };
    const encrypted = createEncryptedKeys(keys, passphrase);
    expect(await encrypted.open('one', async () => made)).toEqual(made);
    expect(await createEncryptedKeys(keys, passphrase).open('one', async () => ({}))).toEqual(made);
    expect(await place.text()).toContain('eyJ');
    expect(await place.text()).not.toContain('secret of all');
    await expect(createEncryptedKeys(keys, 'another').open('one', async () => ({}))).rejects.toThrow(PassphraseError);
    await expect(createEncryptedKeys(keys, undefined).open('one', async () => ({}))).rejects.toThrow(PassphraseError);
  });

  test('made without a passphrase are not taken for encrypted ones', async () => {
    const plain = createEncryptedKeys(keys, undefined);
    expect(await plain.open('one', async () => ({ a: 'A' }))).toEqual({ a: 'A' });
    await expect(createEncryptedKeys(keys, passphrase).open('one', async () => ({}))).rejects.toThrow(PassphraseError);
  });
});

test('keys in a folder are their owner’s alone, and altered ones are refused', async () => {
  const place = join(folder.path, 'private');
  const keys = createFolderKeys(place);
  await keys.open('one', async () => ({ 'a.pem': 'A' }));
  expect([modeOf(join(place, 'one')), modeOf(join(place, 'one', 'a.pem'))]).toEqual(['700', '600']);
  writeFileSync(join(place, 'one', 'a.pem'), 'B');
  await expect(keys.open('one', async () => ({}))).rejects.toThrow('altered');
});

test('what first starts that were killed have left goes after an hour', async () => {
  const place = join(folder.path, 'left');
  const keys = createFolderKeys(place);
  await keys.open('one', async () => ({ 'a.pem': 'A' }));
  for (const name of ['one.new-0a', 'one.new-0b', 'two.new-0c']) mkdirSync(join(place, name));
  const earlier = Date.now() / 1000 - 3_700;
  for (const name of ['one.new-0a', 'two.new-0c']) utimesSync(join(place, name), earlier, earlier);
  await keys.open('one', never);
  // Another name's own start looks after it.
  expect(readdirSync(place).sort()).toEqual(['one', 'one.new-0b', 'two.new-0c']);
});
