import type { KeyStorage } from '../src/key-storage.ts';
import { createFolderKeys } from '../src/storage/folder-keys.ts';

/** Keys in a folder, as the embedded service keeps them. */
export const createKeys = (path: string): KeyStorage => createFolderKeys(path);
