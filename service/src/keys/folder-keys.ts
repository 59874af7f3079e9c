import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { KeyFiles, KeyStorage } from './key-storage.ts';
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
  if (mode & 0o077) throw new Error(`${path} can be read by others than its owner: set its mode to owner only`);
};

/**
 * Reads what createKeyFolder wrote.
 * @throws Error that says which file is missing, altered or open to others
 */
const readKeyFolder = async (folder: string): Promise<KeyFiles> => {
  await assertPrivate(folder);
  const manifest = await readPrivate(join(folder, manifestName));
  const { sha256: digests } = JSON.parse(manifest) as { sha256: Record<string, string> };
  const files: KeyFiles = {};
  for (const [name, digest] of Object.entries(digests)) {
    const text = await readPrivate(join(folder, name));
    if (sha256(text) !== digest) throw new Error(`${join(folder, name)} was altered: restore it from a backup`);
    files[name] = text;
  }
  return files;
};

const readPrivate = async (path: string): Promise<string> => {
  try {
    await assertPrivate(path);
    return await readFile(path, 'utf8');
  } catch (error) {
    if (code(error) !== 'ENOENT') throw error;
    throw new Error(`${path} is missing: restore the whole folder from a backup`, { cause: error });
  }
};
