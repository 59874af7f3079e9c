import { randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { createDiskStore } from './disk.ts';

/** 32 random bytes, made at the first start and the same ever after, readable by the owner alone. */
export const openSecret = async (path: string): Promise<Uint8Array> => {
  const existing = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (existing) return existing;
  const secret = randomBytes(32);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await createDiskStore(dirname(path)).write(basename(path), secret);
  return secret;
};
