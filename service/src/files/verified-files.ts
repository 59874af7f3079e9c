import { digestOf } from '#signing/digest.ts';
import type { FileStore } from './file-store.ts';

/** What was kept is not what was written. */
export class FileAlteredError extends Error {
  override name = 'FileAlteredError';
}

/** Files that are what their keys say: a key ends in the digest of its bytes, checked on both ways. */
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
