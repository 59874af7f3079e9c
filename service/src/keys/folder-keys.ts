import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { KeysError, type KeyFiles, type KeyStorage } from './key-storage.ts';
import { syncFolder, writeDurably } from '#files/durable.ts';

/** Keys in folders, one a name: mode 0700, files 0600. */
export const createFolderKeys = (parent: string): KeyStorage => ({
  async open(name, create) {
    const folder = join(parent, name);
    if (await isFirstStart(folder)) await createKeyFolder(folder, await create());
    await removeLeftOvers(parent, name);
    return readKeyFolder(folder);
  },
});

/** Nobody is an hour at making keys. */
const leftOverMs = 3_600_000;

/** What first starts that were killed have left: keys that nobody uses, and that are keys all the same. */
const removeLeftOvers = async (parent: string, name: string): Promise<void> => {
  const names = (await readdir(parent)).filter((one) => one.startsWith(`${name}.new-`));
  // Others start at the same time, and what cannot be removed keeps nobody from starting.
  for (const path of names.map((one) => join(parent, one))) await removeIfOld(path).catch(() => {});
};

const removeIfOld = async (path: string): Promise<void> => {
  const { mtimeMs } = await stat(path);
  if (Date.now() - mtimeMs > leftOverMs) await rm(path, { recursive: true, force: true });
};

const manifestName = 'manifest.json';
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const manifestOf = (files: KeyFiles): string =>
  JSON.stringify({ version: 1, sha256: Object.fromEntries(Object.entries(files).map(([n, t]) => [n, sha256(t)])) });

/**
 * Writes all files or none: into a folder of another name, synced, then renamed. Where another process was
 * faster, its files stay and ours go.
 */
const createKeyFolder = async (folder: string, files: KeyFiles): Promise<void> => {
  const whole = resolve(folder);
  const temporary = `${whole}.new-${randomBytes(6).toString('hex')}`;
  await mkdir(temporary, { recursive: true, mode: 0o700 });
  try {
    for (const [name, text] of Object.entries({ ...files, [manifestName]: manifestOf(files) }))
      await writeDurably(join(temporary, name), text);
    await syncFolder(temporary);
    await rename(temporary, whole);
    await syncFolder(dirname(whole));
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    if (!isTaken(error)) throw error;
  }
};

const code = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? '';
const isTaken = (error: unknown): boolean => ['ENOTEMPTY', 'EEXIST'].includes(code(error));

/** Whether there is nothing yet: no folder, or an empty one. */
const isFirstStart = async (folder: string): Promise<boolean> => {
  try {
    return (await readdir(folder)).length === 0;
  } catch (error) {
    if (code(error) === 'ENOENT') return true;
    throw error;
  }
};

const assertPrivate = async (path: string): Promise<void> => {
  const { mode } = await stat(path);
  if (mode & 0o077) throw new KeysError(`${path} can be read by others than its owner: set its mode to owner only`);
};

/**
 * Reads what createKeyFolder wrote.
 * @throws KeysError that says which file is missing, altered or open to others
 */
const readKeyFolder = async (folder: string): Promise<KeyFiles> => {
  await assertPrivate(folder);
  const manifest = await readPrivate(join(folder, manifestName));
  const digests = readManifest(join(folder, manifestName), manifest);
  const files: KeyFiles = {};
  for (const [name, digest] of Object.entries(digests)) {
    const text = await readPrivate(join(folder, name));
    if (sha256(text) !== digest) throw altered(join(folder, name));
    files[name] = text;
  }
  return files;
};

const altered = (path: string): KeysError => new KeysError(`${path} was altered: restore it from a backup`);

const Manifest = z.object({ sha256: z.record(z.string(), z.string()) });

const readManifest = (path: string, text: string): Record<string, string> => {
  try {
    return Manifest.parse(JSON.parse(text)).sha256;
  } catch {
    throw altered(path);
  }
};

const readPrivate = async (path: string): Promise<string> => {
  try {
    await assertPrivate(path);
    return await readFile(path, 'utf8');
  } catch (error) {
    if (code(error) !== 'ENOENT') throw error;
    throw new KeysError(`${path} is missing: restore the whole folder from a backup`, { cause: error });
  }
};
