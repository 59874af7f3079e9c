import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createRecordsDeps } from '../../../test/records.ts';
import { createFolder } from '../../../test/tools.ts';
import { FolderInUseError, openSqliteRecords } from './sqlite.ts';

const folder = createFolder();
afterAll(() => folder.remove());

test('the file of the records is its owner’s alone, and nobody else’s while it is open', async () => {
  const path = join(folder.path, 'records.sqlite');
  const records = await openSqliteRecords(path, createRecordsDeps());
  expect((statSync(path).mode & 0o777).toString(8)).toBe('600');
  await expect(openSqliteRecords(path, createRecordsDeps())).rejects.toThrow(FolderInUseError);
  await records.close();
});
