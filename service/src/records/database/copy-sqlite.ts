import { chmodSync, existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { RecordsFileError } from './sqlite.ts';

/**
 * Copies the records into one file, whole and without what was deleted. No service may run on them.
 * @throws RecordsFileError
 */
export const copySqliteRecords = async (path: string, to: string): Promise<void> => {
  if (!existsSync(path)) throw new RecordsFileError(`${path} is not there: nothing was kept in this folder`);
  const database = new DatabaseSync(path, { timeout: 1000 });
  try {
    database.exec('PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT;');
    database.prepare('VACUUM INTO ?').run(to);
    chmodSync(to, 0o600);
  } catch (cause) {
    const { errcode = 0 } = Object(cause) as { errcode?: number };
    if ([5, 6].includes(errcode & 0xff)) {
      const running = 'stop the service, or take a snapshot of the file system, as docs/operate/backup.md says';
      throw new RecordsFileError(`${path} is in use by another process: ${running}`, { cause });
    }
    throw cause;
  } finally {
    database.close();
  }
};
