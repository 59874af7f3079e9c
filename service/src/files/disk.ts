import { randomUUID } from 'node:crypto';
import { access, constants, mkdir, readFile, rename, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Problem } from '#problem.ts';
import { makeFolderDurably, syncFolder, writeDurably } from './durable.ts';
import type { FileStore } from './file-store.ts';

/**
 * Files in a folder, readable by the owner alone.
 * @throws Problem storage-unavailable where the disk cannot be read or written
 */
export const createDiskStore = (folder: string): FileStore => ({
  write: (key, content) => onDisk(() => write(join(folder, key), content)),
  read: (key) => onDisk(() => read(join(folder, key))),
  delete: (key) => onDisk(() => rm(join(folder, key), { force: true })),
  probe: () => onDisk(() => probe(folder)),
});

const codeOf = (error: unknown): unknown => (Object(error) as NodeJS.ErrnoException).code;

/** Does something with files; what the operating system answers with an error code is storage that cannot be had. */
const onDisk = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (cause) {
    const isSystemError = typeof codeOf(cause) === 'string' && !(cause instanceof TypeError);
    throw isSystemError ? new Problem('storage-unavailable', undefined, { cause }) : cause;
  }
};

const write = async (path: string, content: Uint8Array): Promise<void> => {
  // Whoever wrote it may have been killed before the folder was on the disk.
  if (await isThere(path, content.length)) return syncFolder(dirname(path));
  await makeFolderDurably(dirname(path));
  const temporary = `${path}.${randomUUID()}`;
  await writeDurably(temporary, content);
  await rename(temporary, path);
  await syncFolder(dirname(path));
};

const isThere = async (path: string, bytes: number): Promise<boolean> => {
  const found = await stat(path).catch(() => undefined);
  return found?.size === bytes;
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
