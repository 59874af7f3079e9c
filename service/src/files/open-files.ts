import { createDiskStore } from './disk.ts';
import type { FileStore } from './file-store.ts';
import type { S3Location } from './s3-location.ts';
import { createVerifiedFiles } from './verified-files.ts';

/**
 * The files, in a folder or in S3-compatible storage, each checked against its digest. Storage that cannot be had now is
 * a problem that a repeat may solve; a file that was altered is an error that none can.
 * @throws Problem storage-unavailable
 * @throws FileAlteredError
 */
export const openFiles = async (location: string | S3Location): Promise<FileStore> =>
  createVerifiedFiles(typeof location === 'string' ? createDiskStore(location) : await openS3(location));

/** Loaded where it is used: most services keep their files in a folder. */
const openS3 = async (location: S3Location): Promise<FileStore> => {
  const { createS3Store } = await import('./s3.ts');
  return createS3Store(location);
};
