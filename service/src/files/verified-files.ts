import { digestOf } from '#signing/digest.ts';
import type { FileStore } from './file-store.ts';

/** A file in the storage is not what was written there. */
export class FileAlteredError extends Error {
  override name = 'FileAlteredError';
}

/** Checks files against the digest that their keys end in, when they are written and when they are read. */
export const createVerifiedFiles = (files: FileStore): FileStore => ({
  ...files,
  async write(key, content) {
    verify(key, content);
    await files.write(key, content);
  },
  async read(key) {
    const content = await files.read(key);
    if (content) verify(key, content);
    return content;
  },
});

const verify = (key: string, content: Uint8Array): void => {
  const expected = key.slice(key.lastIndexOf('/') + 1);
  if (digestOf(content) !== expected) throw new FileAlteredError('a file does not have the digest in its key');
};
