import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * What a browser asks for, and where it is: all files of a folder that something built, at an address. None where it was
 * not built. Only what was there when this was asked is served, so that no address leads out of the folder.
 */
export const listBuilt = async (folder: string, address: string): Promise<[string, string][]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => [`${address}${file.slice(folder.length).replaceAll('\\', '/')}`, file]);
};
