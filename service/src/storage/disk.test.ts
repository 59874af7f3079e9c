import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createFolder } from '../../test/tools.ts';
import { createDiskStore } from './disk.ts';
import { createFolderKeys } from './folder-keys.ts';
import { openSecret } from './secret.ts';

const folder = createFolder();
afterAll(() => folder.remove());
const files = createDiskStore(join(folder.path, 'files'));
const content = Buffer.from('an agreement');
const modeOf = (...names: string[]): string => (statSync(join(folder.path, ...names)).mode & 0o777).toString(8);

test('a file is read as it was written, by its owner alone', async () => {
  await files.write('signings/one/digest', content);
  expect(Buffer.from((await files.read('signings/one/digest'))!)).toEqual(content);
  expect(modeOf('files', 'signings', 'one', 'digest')).toBe('600');
  expect(modeOf('files', 'signings', 'one')).toBe('700');
});

test('what was not written is not there', async () => {
  expect(await files.read('signings/one/nothing')).toBeUndefined();
});

test('a file that cannot be read is not taken for one that is not there', async () => {
  await expect(files.read('signings/one')).rejects.toMatchObject({ code: 'EISDIR' });
});

test('the same key again changes nothing', async () => {
  await files.write('again', content);
  const { ino } = statSync(join(folder.path, 'files', 'again'));
  await files.write('again', content);
  expect(statSync(join(folder.path, 'files', 'again')).ino).toBe(ino);
});

test('many writers of one key leave one whole file and nothing beside it', async () => {
  const large = Buffer.alloc(2 * 1024 * 1024, 7);
  await Promise.all(Array.from({ length: 8 }, () => files.write('many/one', large)));
  expect(readdirSync(join(folder.path, 'files', 'many'))).toEqual(['one']);
  expect(large.equals((await files.read('many/one'))!)).toBe(true);
});

test('readers see nothing or the whole file, never a part', async () => {
  const large = Buffer.alloc(8 * 1024 * 1024, 7);
  const writing = { done: false };
  const written = files.write('whole', large).then(() => {
    writing.done = true;
  });
  const sizes = new Set<number | undefined>();
  while (!writing.done) sizes.add((await files.read('whole'))?.length);
  await written;
  sizes.add((await files.read('whole'))?.length);
  expect([...sizes].filter((size) => size !== undefined && size !== large.length)).toEqual([]);
  expect(sizes.has(large.length)).toBe(true);
});

test('a part that a lost machine left behind is written anew', async () => {
  await files.write('lost/other', content);
  writeFileSync(join(folder.path, 'files', 'lost', 'part'), content.subarray(0, 5));
  await files.write('lost/part', content);
  expect(Buffer.from((await files.read('lost/part'))!)).toEqual(content);
});

test('a secret is random, made once, and its owner’s alone', async () => {
  const keys = createFolderKeys(join(folder.path, 'keys'));
  const secret = await openSecret(keys, 'links');
  expect(secret.length).toBe(32);
  expect(await openSecret(keys, 'links')).toEqual(secret);
  expect(await openSecret(keys, 'others')).not.toEqual(secret);
  expect(modeOf('keys', 'links', 'secret')).toBe('600');
});
