import { mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { digestOf } from '#signing/digest.ts';
import { startS3, s3Environment, type S3Server } from '../../test/s3-server.ts';
import { createFolder } from '../../test/tools.ts';
import { until } from '../../test/until.ts';
import type { FileStore, StoredFile } from './file-store.ts';
import { openFiles } from './open-files.ts';
import { parseS3Location } from './s3-location.ts';
import { Problem } from '#problem.ts';

Object.assign(process.env, s3Environment);
const folder = createFolder();
afterAll(() => folder.remove());
let s3: S3Server;
beforeAll(async () => {
  s3 = await startS3();
});
afterAll(() => s3.remove());

const content = Buffer.from('an agreement');
const large = Buffer.alloc(8 * 1024 * 1024, 7);
const keyOf = (path: string, bytes: Uint8Array): string => `${path}/${digestOf(bytes)}`;

/** Writes again while the storage does not answer in time, as the scheduler does. */
const writePatiently = (files: FileStore, key: string, bytes: Uint8Array): Promise<true> =>
  until(key, async () => {
    try {
      await files.write(key, bytes);
      return true;
    } catch (error) {
      if (error instanceof Problem && error.type === 'storage-unavailable') return undefined;
      throw error;
    }
  });

const stores: Record<string, () => Promise<FileStore>> = {
  'in a folder': () => openFiles(join(folder.path, 'files')),
  'in S3': () => openFiles(parseS3Location(s3.address('some/prefix'))!),
};

describe.each(Object.keys(stores))('files %s', (kind) => {
  let files: FileStore;
  beforeAll(async () => {
    files = await stores[kind]!();
  });

  test('are read as they were written, by this instance and by another', async () => {
    const key = keyOf('signings/one', content);
    await files.write(key, content);
    expect(content.equals((await files.read(key))!)).toBe(true);
    const other = await stores[kind]!();
    expect(content.equals((await other.read(key))!)).toBe(true);
  });

  test('that were not written are not there', async () => {
    expect(await files.read(keyOf('signings/one', Buffer.from('nothing')))).toBeUndefined();
  });

  test('are kept under the digest of their bytes alone', async () => {
    const key = keyOf('wrong', content);
    await expect(files.write(key, Buffer.from('another'))).rejects.toThrow('digest');
    expect(await files.read(key)).toBeUndefined();
  });

  test('may be written again', async () => {
    const key = keyOf('again', content);
    await files.write(key, content);
    await files.write(key, content);
    expect(content.equals((await files.read(key))!)).toBe(true);
  });

  test('that many write at once are whole', async () => {
    const key = keyOf('many', large);
    await Promise.all(Array.from({ length: 8 }, () => writePatiently(files, key, large)));
    expect(large.equals((await files.read(key))!)).toBe(true);
  });

  test('are never seen half written', async () => {
    const key = keyOf('whole', large);
    const writing = { done: false };
    const written = files.write(key, large).then(() => {
      writing.done = true;
    });
    const sizes = new Set<number | undefined>();
    while (!writing.done) sizes.add((await files.read(key))?.length);
    await written;
    sizes.add((await files.read(key))?.length);
    expect([...sizes].filter((size) => size !== undefined && size !== large.length)).toEqual([]);
    expect(sizes.has(large.length)).toBe(true);
  });

  test('are listed, and found, with the time at which they were written', async () => {
    const before = Date.now() - 60_000;
    const keys = [keyOf('listed/a', content), keyOf('listed/b', content)];
    for (const key of keys) await files.write(key, content);
    const listed: StoredFile[] = [];
    for await (const file of files.list()) if (file.key.startsWith('listed/')) listed.push(file);
    expect(listed.map(({ key }) => key).sort()).toEqual(keys);
    for (const { key, writtenAt } of listed) {
      expect(writtenAt).toBeGreaterThan(before);
      expect(await files.find(key)).toEqual({ key, writtenAt });
    }
    await files.delete(keys[0]!);
    expect(await files.find(keys[0]!)).toBeUndefined();
  });

  test('can be asked whether they answer', async () => {
    await expect(files.probe()).resolves.toBeUndefined();
  });
});

test('a file that was altered on the disk is told as an error', async () => {
  const files = await openFiles(join(folder.path, 'altered'));
  const key = keyOf('one', content);
  await files.write(key, content);
  writeFileSync(join(folder.path, 'altered', key), 'an Agreement');
  await expect(files.read(key)).rejects.toThrow('digest');
});

test('an object that was altered is told as an error', async () => {
  const files = await openFiles(parseS3Location(s3.address())!);
  const key = keyOf('altered', content);
  await files.write(key, content);
  const path = readdirSync(s3.path, { recursive: true, encoding: 'utf8' }).find(
    (name) => name.includes('altered') && name.endsWith('_object'),
  )!;
  writeFileSync(join(s3.path, path), 'an Agreement');
  await expect(files.read(key)).rejects.toThrow('digest');
});

test('a folder’s files and folders are their owner’s alone, with nothing beside them', async () => {
  const files = await openFiles(join(folder.path, 'private'));
  const key = keyOf('signings/one', content);
  await Promise.all([files.write(key, content), files.write(key, content)]);
  const modeOf = (path: string): string => (statSync(join(folder.path, 'private', path)).mode & 0o777).toString(8);
  expect([modeOf(key), modeOf('signings/one')]).toEqual(['600', '700']);
  expect(readdirSync(join(folder.path, 'private', 'signings/one'))).toEqual([digestOf(content)]);
});

test('a file that cannot be read is not taken for one that is not there', async () => {
  const files = await openFiles(join(folder.path, 'files'));
  await files.write(keyOf('deep', content), content);
  await expect(files.read('deep')).rejects.toMatchObject({ type: 'storage-unavailable' });
});

test('a folder that cannot be written to is told, and a bug is none of it', async () => {
  const place = join(folder.path, 'no folder');
  writeFileSync(place, 'a file');
  const files = await openFiles(place);
  await expect(files.write(keyOf('one', content), content)).rejects.toMatchObject({ type: 'storage-unavailable' });
  await expect(files.probe()).rejects.toMatchObject({ type: 'storage-unavailable' });
  const whole = await openFiles(join(folder.path, 'files'));
  await expect(whole.delete('\0')).rejects.toThrow(TypeError);
});

test('a file that was altered, and is as long as it was, has its bytes again once it is written again', async () => {
  const files = await openFiles(join(folder.path, 'repaired'));
  const key = keyOf('one', content);
  await files.write(key, content);
  writeFileSync(join(folder.path, 'repaired', key), 'AN AGREEMENT');
  await files.write(key, content);
  expect(content.equals((await files.read(key))!)).toBe(true);
});

test('what is there and is written again counts as written now', async () => {
  const files = await openFiles(join(folder.path, 'again'));
  const key = keyOf('one', content);
  await files.write(key, content);
  utimesSync(join(folder.path, 'again', key), 1, 1);
  expect((await files.find(key))!.writtenAt).toBe(1_000);
  await files.write(key, content);
  expect((await files.find(key))!.writtenAt).toBeGreaterThan(Date.now() - 60_000);
});

test('a write that fails leaves nothing', async () => {
  const files = await openFiles(join(folder.path, 'failing'));
  const key = keyOf('one', content);
  // Nothing can be renamed to where a folder is.
  mkdirSync(join(folder.path, 'failing', key), { recursive: true });
  await expect(files.write(key, content)).rejects.toMatchObject({ type: 'storage-unavailable' });
  expect(readdirSync(join(folder.path, 'failing', 'one'))).toEqual([digestOf(content)]);
});

test('a folder in which nothing was ever written has no files', async () => {
  const files = await openFiles(join(folder.path, 'never'));
  for await (const { key } of files.list()) expect(key).toBeUndefined();
});

test('a part that a lost machine left behind is written anew', async () => {
  const files = await openFiles(join(folder.path, 'lost'));
  const key = keyOf('lost', content);
  await files.write(keyOf('lost', large), large);
  writeFileSync(join(folder.path, 'lost', key), content.subarray(0, 5));
  await files.write(key, content);
  expect(content.equals((await files.read(key))!)).toBe(true);
});

test('S3 that refuses a write, or whose answer is lost, is told; the write asked for again ends well', async () => {
  const files = await openFiles(parseS3Location(s3.address())!);
  const key = keyOf('troubled', content);
  s3.behave('refuse');
  const before = s3.puts();
  await expect(files.write(key, content)).rejects.toMatchObject({ type: 'storage-unavailable' });
  expect(s3.puts() - before).toBe(1);
  expect(await files.read(key)).toBeUndefined();
  s3.behave('lose-answers');
  await expect(files.write(key, content)).rejects.toMatchObject({ type: 'storage-unavailable' });
  s3.behave('keep');
  await files.write(key, content);
  expect(content.equals((await files.read(key))!)).toBe(true);
});

test('a bucket that is not there, and a storage that is not, are no empty files', async () => {
  const missing = await openFiles(parseS3Location(s3.address().replace('//tu-esign', '//another'))!);
  await expect(missing.probe()).rejects.toMatchObject({ type: 'storage-unavailable' });
  const away = await openFiles(
    parseS3Location('s3://tu-esign?endpoint=http%3A%2F%2F127.0.0.1%3A9&region=us-east-1&pathStyle=true')!,
  );
  const problem = { type: 'storage-unavailable' };
  await expect(away.read(keyOf('one', content))).rejects.toMatchObject(problem);
  await expect(away.write(keyOf('one', content), content)).rejects.toMatchObject(problem);
  await expect(away.delete(keyOf('one', content))).rejects.toMatchObject(problem);
});

test.each([
  ['https://bucket', undefined],
  ['s3://', undefined],
  ['s3://key:secret@bucket', undefined],
  ['s3://bucket?secretAccessKey=x', undefined],
  ['s3://bucket', { bucket: 'bucket', prefix: '', pathStyle: false }],
  ['s3://bucket/a/b/?region=mx-central-1', { bucket: 'bucket', prefix: 'a/b/', region: 'mx-central-1' }],
])('the address %s is read, or refused', (address, expected) => {
  const location = parseS3Location(address);
  if (expected) expect(location).toMatchObject(expected);
  else expect(location).toBeUndefined();
});
