import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileStore } from './file-store.ts';

/** Files in a folder, readable by the owner alone. */
export const createDiskStore = (folder: string): FileStore => ({
  async write(key, content) {
    const path = join(folder, key);
    if (await isThere(path, content.length)) return;
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
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
});

const isThere = async (path: string, bytes: number): Promise<boolean> => {
  const found = await stat(path).catch(() => undefined);
  return found?.size === bytes;
};

const writeDurably = async (path: string, content: Uint8Array): Promise<void> => {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
};

/** A rename is on the disk once its folder is. */
const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};
