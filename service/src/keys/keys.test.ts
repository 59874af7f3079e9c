import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeEach, describe, expect, inject, test } from 'vitest';
import type { ChangeableKeys, KeyFiles } from './key-storage.ts';
import { createLog } from '#telemetry/log.ts';
import { createDatabase, query } from '../../test/postgres-server.ts';
import { createFolder } from '../../test/tools.ts';
import { changePassphrase, createEncryptedKeys, PassphraseError } from './encrypted-keys.ts';
import { createFolderKeys } from './folder-keys.ts';
import { createPostgresKeys } from './postgres-keys.ts';
import { openPostgres } from '#records/database/postgres.ts';
import { openSecrets } from './secret.ts';

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
    const text = async () =>
      readdirSync(join(place, 'one'))
        .map((name) => readFileSync(join(place, 'one', name), 'utf8'))
        .join('');
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
  let keys: ChangeableKeys;
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
    const secrets = await Promise.all(starts.map((start) => openSecrets(start, 'links')));
    expect(new Set(secrets.map(([secret]) => Buffer.from(secret!.bytes).toString('hex'))).size).toBe(1);
    expect(secrets[0]![0]!.bytes).toHaveLength(32);
    expect(await openSecrets(keys, 'others')).not.toEqual(secrets[0]);
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

const add = (files: KeyFiles) => ({ ...files, count: `${Number(files['count'] ?? 0) + 1}`, 'b.pem': 'C' });
const pair = (text: string): KeyFiles => ({ one: text, other: text });

/** Ends, as a process that is killed does, before it writes for the nth time. */
const killedAt = (keys: ChangeableKeys, nth: number): ChangeableKeys => {
  let left = nth;
  const replace: ChangeableKeys['replace'] = async (...given) => {
    left -= 1;
    if (left < 0) throw new Error('killed');
    return keys.replace(...given);
  };
  return { ...keys, replace };
};

describe.each(Object.entries(kinds))('kept keys %s', (_kind, createPlace) => {
  const made = { 'a.pem': 'A', 'b.pem': 'B' };

  test('are replaced as a whole, by one after another', async () => {
    const place = await createPlace();
    const keys = await place.open();
    await expect(keys.replace('one', never)).rejects.toThrow("there are no keys 'one'");
    await keys.open('one', async () => made);
    expect(await keys.list()).toEqual(['one']);
    const places = [keys, await place.open(), await place.open()];
    await Promise.all(places.map((one) => one.replace('one', async (files) => add(files))));
    expect(await keys.open('one', never)).toEqual({ 'a.pem': 'A', 'b.pem': 'C', count: '3' });
    await expect(keys.replace('one', never)).rejects.toThrow('made twice');
    await keys.replace('one', async () => ({ 'd.pem': 'D' }));
    expect(await (await place.open()).open('one', never)).toEqual({ 'd.pem': 'D' });
  });

  test('are read whole while others replace them', async () => {
    const keys = await (await createPlace()).open();
    await keys.open('one', async () => pair('0'));
    const readings = Array.from({ length: 20 }, () => keys.open('one', never));
    for (let round = 1; round <= 5; round += 1) {
      await keys.replace('one', async () => pair(`${round}`));
      readings.push(...Array.from({ length: 5 }, () => keys.open('one', never)));
    }
    for (const { one, other } of await Promise.all(readings)) expect(one).toBe(other);
  });

  test('get a passphrase, another one, and none again', async () => {
    const place = await createPlace();
    const keys = await place.open();
    const read = (given: string | undefined) => createEncryptedKeys(keys, given).open('one', never);
    await keys.open('one', async () => made);
    await keys.open('two', async () => made);
    for (const [from, to] of [
      [undefined, passphrase],
      [passphrase, 'another of theirs'],
      ['another of theirs', undefined],
    ]) {
      await expect(changePassphrase(keys, { from: 'a wrong passphrase', to })).rejects.toThrow(PassphraseError);
      await changePassphrase(keys, { from, to });
      expect(await read(to)).toEqual(made);
      await expect(read(from)).rejects.toThrow(PassphraseError);
      expect((await place.text()).includes('eyJ')).toBe(to !== undefined);
    }
  });

  test.each([
    [undefined, passphrase],
    [passphrase, undefined],
    [passphrase, 'another of theirs'],
  ])('whose passphrase was changed for a part (%s, %s) open with one of the two', async (from, to) => {
    let keys: ChangeableKeys;
    const opens = async (given: string | undefined): Promise<boolean> => {
      const all = ['one', 'two'].map((name) => createEncryptedKeys(keys, given).open(name, never));
      return (await Promise.allSettled(all)).every(({ status }) => status === 'fulfilled');
    };
    // While both are added, and while the old one goes.
    for (const nth of [1, 3]) {
      keys = await (await createPlace()).open();
      for (const name of ['one', 'two']) await createEncryptedKeys(keys, from).open(name, async () => made);
      await expect(changePassphrase(killedAt(keys, nth), { from, to })).rejects.toThrow('killed');
      expect([await opens(from), await opens(to)]).toEqual(nth === 1 ? [true, false] : [false, true]);
      if (nth === 3) continue;
      const rotating = createEncryptedKeys(keys, from).replace('one', async () => ({}));
      await expect(rotating).rejects.toThrow('end that first');
      await changePassphrase(keys, { from, to });
      expect(await opens(to)).toBe(true);
    }
  });
});

const replacer = (target: string): string => `
  import { createFolderKeys } from ${JSON.stringify(new URL('folder-keys.ts', import.meta.url).href)};
  const keys = createFolderKeys(${JSON.stringify(target)});
  process.stdout.write('ready');
  for (let at = 0; ; at += 1) await keys.replace('one', async () => ({ one: 'x' + at, other: 'x' + at }));
`;

test('a replacement that is killed at any moment leaves the old or the new, and nothing beside it for long', async () => {
  const place = join(folder.path, 'killed');
  const keys = createFolderKeys(place);
  await keys.open('one', async () => ({ one: 'first', other: 'first' }));
  for (let round = 0; round < 6; round += 1) {
    const child = spawn(process.execPath, ['--input-type=module', '-e', replacer(place)]);
    await once(child.stdout, 'data');
    await setTimeout(3 + round * 7);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const { one, other } = await keys.open('one', never);
    expect(one).toMatch(/^(x\d+|first)$/);
    expect(other).toBe(one);
  }
  await keys.replace('one', async (files) => files);
  expect(readdirSync(join(place, 'one'))).toHaveLength(3);
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
