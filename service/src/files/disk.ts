import { randomUUID } from 'node:crypto';
import { access, constants, mkdir, readFile, rename, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolderDurably, syncFolder, writeDurably } from './durable.ts';
import type { FileStore } from './file-store.ts';

/** Files in a folder, readable by the owner alone. */
export const createDiskStore = (folder: string): FileStore => ({
  async write(key, content) {
    const path = join(folder, key);
    // Who wrote it may not have come to the folder yet.
    if (await isThere(path, content.length)) return syncFolder(dirname(path));
    await makeFolderDurably(dirname(path));
    const temporary = `${path}.${randomUUID()}`;
    await writeDurably(temporary, content);
    await rename(temporary, path);
    await syncFolder(dirname(path));
  },
  async read(key) {
    try {
      return await readFile(join(folder, key));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  },
  async delete(key) {
    await rm(join(folder, key), { force: true });
  },
  async probe() {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await access(folder, constants.W_OK);
    if ((await statfs(folder)).bavail === 0) throw new Error('the disk is full');
  },
});

const isThere = async (path: string, bytes: number): Promise<boolean> => {
  const found = await stat(path).catch(() => undefined);
  return found?.size === bytes;
};
