import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes a new file, for its owner alone; its bytes are on the disk when this resolves. */
export const writeDurably = async (path: string, content: Uint8Array | string): Promise<void> => {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
};

/** A rename is on the disk once its folder is. */
export const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};

/** Makes a folder and those above it, for their owner alone; they are on the disk when this resolves. */
export const makeFolderDurably = async (path: string): Promise<void> => {
  const first = await mkdir(path, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  // From the lowest that is new up to the one that was there.
  for (let made = path; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made));
};
