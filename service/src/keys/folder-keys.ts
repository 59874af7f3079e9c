import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { KeysError, type ChangeableKeys, type KeyFiles } from './key-storage.ts';
import { altered, manifestName, placeOf, readManifest, sha256, writeManifest, type Manifest } from './manifest.ts';
import { syncFolder, writeDurably } from '#files/durable.ts';

/** Keys in folders, one a name: mode 0700, files 0600. */
export const createFolderKeys = (parent: string): ChangeableKeys => ({
  async open(name, create) {
    const folder = join(parent, name);
    if (await isFirstStart(folder)) await createKeyFolder(folder, await create());
    await removeLeftOvers(parent, name);
    return readKeyFolder(folder);
  },
  async list() {
    const entries = await readdir(parent, { withFileTypes: true }).catch(() => []);
    const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.includes('.'));
    return folders.map(({ name }) => name).sort();
  },
  replace: (name, change) =>
    alone(parent, async () => {
      const folder = join(parent, name);
      if (await isFirstStart(folder)) throw new KeysError(`there are no keys '${name}' in ${parent}`);
      const before = await readKeyFolder(folder);
      await replaceFiles(folder, { before, after: await change(before) });
    }),
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

/**
 * Writes all files or none: into a folder of another name, synced, then renamed. Where another process was
 * faster, its files stay and ours go.
 */
const createKeyFolder = async (folder: string, files: KeyFiles): Promise<void> => {
  const whole = resolve(folder);
  const temporary = `${whole}.new-${randomBytes(6).toString('hex')}`;
  await mkdir(temporary, { recursive: true, mode: 0o700 });
  try {
    for (const [name, text] of Object.entries({ ...files, [manifestName]: writeManifest(files) }))
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
 * Reads what createKeyFolder or replaceFiles wrote.
 * @throws KeysError that says which file is missing, altered or open to others
 */
const readKeyFolder = async (folder: string): Promise<KeyFiles> => {
  await assertPrivate(folder);
  const path = join(folder, manifestName);
  const text = await readPrivate(path);
  try {
    return await readListed(folder, readManifest(path, text));
  } catch (error) {
    // Somebody replaced them in between, and has removed those that we went on to read.
    if ((await readPrivate(path)) !== text) return readKeyFolder(folder);
    throw error;
  }
};

const readListed = async (folder: string, manifest: Manifest): Promise<KeyFiles> => {
  const files: KeyFiles = {};
  for (const [name, digest] of Object.entries(manifest.sha256)) {
    const path = join(folder, placeOf(manifest, name));
    files[name] = await readPrivate(path);
    if (sha256(files[name]) !== digest) throw altered(path);
  }
  return files;
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

/**
 * New files under new names, then a manifest that names them in place of the old one, by one rename; then what it does
 * not name goes. Killed before the rename, all is as it was; after it, all is new, and what is left over goes next time.
 */
const replaceFiles = async (folder: string, { before, after }: Record<'before' | 'after', KeyFiles>) => {
  const path = join(folder, manifestName);
  const old = readManifest(path, await readPrivate(path));
  const fresh = randomBytes(6).toString('hex');
  const isKept = (name: string): boolean => before[name] === after[name];
  const places = Object.fromEntries(
    Object.keys(after).map((name) => [name, isKept(name) ? placeOf(old, name) : `${name}.${fresh}`]),
  );
  for (const [name, text] of Object.entries(after))
    if (!isKept(name)) await writeDurably(join(folder, places[name]!), text);
  await writeDurably(`${path}.${fresh}`, writeManifest(after, places));
  await syncFolder(folder);
  await rename(`${path}.${fresh}`, path);
  await syncFolder(folder);
  await removeUnnamed(folder, [manifestName, ...Object.values(places)]);
};

/** Keys that are not in force any more, and what others who were killed have left. */
const removeUnnamed = async (folder: string, named: readonly string[]): Promise<void> => {
  for (const name of await readdir(folder)) if (!named.includes(name)) await rm(join(folder, name), { force: true });
  await syncFolder(folder);
};

/** One at a time, by a lock of SQLite's: the operating system takes it back from who was killed. */
const alone = async <T>(parent: string, work: () => Promise<T>): Promise<T> => {
  await mkdir(parent, { recursive: true, mode: 0o700 });
  const lock = new DatabaseSync(join(parent, 'lock.sqlite'), { timeout: 0 });
  try {
    // The database's own waiting would hold up whoever has the lock, if that is in this process.
    for (let left = 200; !isLocked(lock); left -= 1) {
      if (left === 0) throw new KeysError(`the keys in ${parent} are being changed by another process: try again`);
      await setTimeout(50);
    }
    return await work();
  } finally {
    lock.close();
  }
};

const isLocked = (lock: DatabaseSync): boolean => {
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    // SQLITE_BUSY.
    if ((error as { errcode?: number }).errcode === 5) return false;
    throw error;
  }
};
