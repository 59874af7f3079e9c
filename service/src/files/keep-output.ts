import { digestOf } from '#signing/digest.ts';
import { outputKey, type KeptFile, type Signing } from '#signing/signing.ts';
import type { FileStore } from './file-store.ts';

/** Keeps an output of a signing's, under its digest. */
export const keepOutput = async (
  { id }: Pick<Signing, 'id'>,
  content: Uint8Array,
  files: FileStore,
): Promise<KeptFile> => {
  const kept = { digest: digestOf(content), bytes: content.length };
  await files.write(outputKey(id, kept.digest), content);
  return kept;
};
