import type { ChangeableKeys } from '#keys/key-storage.ts';
import { createFolderKeys } from '#keys/folder-keys.ts';

/** Keys in a folder, as the embedded service keeps them. */
export const createKeys = (path: string): ChangeableKeys => createFolderKeys(path);
