import { randomUUID } from 'node:crypto';
import { access, constants, mkdir, opendir, readFile, rename, rm, stat, statfs, utimes } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { Problem } from '#problem.ts';
import { makeFolderDurably, syncFolder, writeDurably } from './durable.ts';
import type { FileStore, StoredFile } from './file-store.ts';

/**
 * Files in a folder, readable by the owner alone.
 * @throws Problem storage-full where there is no room
 * @throws Problem storage-unavailable where the disk cannot be read or written
 */
export const createDiskStore = (folder: string): FileStore => ({
  write: (key, content) => onDisk(() => write(join(folder, key), content)),
  read: (key) => onDisk(() => read(join(folder, key))),
  delete: (key) => onDisk(() => rm(join(folder, key), { force: true })),
  find: (key) => onDisk(() => find(folder, key)),
  list: () => list(folder),
  probe: () => onDisk(() => probe(folder)),
});

const codeOf = (error: unknown): unknown => (Object(error) as NodeJS.ErrnoException).code;

/** Does something with files; what the operating system answers with an error code is storage that cannot be had. */
const onDisk = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (cause) {
    const code = codeOf(cause);
    if (code === 'ENOSPC' || code === 'EDQUOT') throw new Problem('storage-full', undefined, { cause });
    const isSystemError = typeof code === 'string' && !(cause instanceof TypeError);
    throw isSystemError ? new Problem('storage-unavailable', undefined, { cause }) : cause;
  }
};

const write = async (path: string, content: Uint8Array): Promise<void> => {
  // Whoever wrote it may have been killed before the folder was on the disk.
  if (await isThere(path, content)) return syncFolder(dirname(path));
  await makeFolderDurably(dirname(path));
  const temporary = `${path}.${randomUUID()}`;
  try {
    await writeDurably(temporary, content);
    await rename(temporary, path);
  } catch (error) {
    // What was written of it would take the room that is missing. Why it failed is told, whatever becomes of this.
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
  await syncFolder(dirname(path));
};

/** Compares all bytes: what was altered is written anew. What is there counts as written now (see StoredFile). */
const isThere = async (path: string, content: Uint8Array): Promise<boolean> => {
  const found = await stat(path).catch(() => undefined);
  if (found?.size !== content.length || !(await readFile(path)).equals(content)) return false;
  const now = new Date();
  await utimes(path, now, now);
  return true;
};

const find = async (folder: string, key: string): Promise<StoredFile | undefined> => {
  try {
    return { key, writtenAt: (await stat(join(folder, key))).mtimeMs };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
};

async function* list(folder: string): AsyncGenerator<StoredFile> {
  const entries = await onDisk(() => openFolder(folder));
  if (!entries) return;
  for await (const entry of entries) {
    if (!entry.isFile()) continue;
    const key = relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/');
    // Others write and delete meanwhile.
    const found = await onDisk(() => find(folder, key));
    if (found) yield found;
  }
}

/** Undefined where nothing was ever written. */
const openFolder = async (folder: string) => {
  try {
    return await opendir(folder, { recursive: true });
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
};

const read = async (path: string): Promise<Uint8Array | undefined> => {
  try {
    return await readFile(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
};

const probe = async (folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await access(folder, constants.W_OK);
  if ((await statfs(folder)).bavail > 0) return;
  throw new Problem('storage-unavailable', undefined, { cause: new Error('the disk is full') });
};
