import { existsSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

const inMemory = '/dev/shm';
/** What a whole run takes at most, and as much again. */
const roomBytes = 4 * 2 ** 30;

const hasRoom = (folder: string): boolean => {
  if (!existsSync(folder)) return false;
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize > roomBytes;
};

/**
 * Where tests write: in memory, where the machine has a folder there (Linux) with enough room. The service and PostgreSQL
 * flush each write to the disk, as they must, and on a disk most tests would wait for nothing else.
 */
export const temporaryFolder = hasRoom(inMemory) ? inMemory : tmpdir();
