import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { createPostgresRecords, openPostgres } from '#records/database/postgres.ts';
import { openSqliteRecords } from '#records/database/sqlite.ts';
import type { Records } from '#records/records.ts';
import { createLog } from '#telemetry/log.ts';
import { tried } from '../../../test/databases.ts';
import { createDatabase } from '../../../test/postgres-server.ts';
import { createRecordsDeps } from '../../../test/records.ts';
import { createFolder } from '../../../test/tools.ts';

const registeredAt = Date.parse('2026-11-28T12:00:00.123Z');
const deps = { ...createRecordsDeps(), now: () => new Date(registeredAt) };
const folder = createFolder();
afterAll(() => folder.remove());

const quiet = createLog(() => {});
const databases = {
  SQLite: () => openSqliteRecords(join(folder.path, `${crypto.randomUUID()}.sqlite`), deps),
  PostgreSQL: async () =>
    createPostgresRecords(await openPostgres(await createDatabase(inject('postgres')), quiet), deps),
};

describe.each(tried(databases))('revocations in %s', (_name, open) => {
  let records: Records;
  beforeEach(async () => {
    records = await open();
  });
  afterEach(() => records.close());

  const first = { serialNumber: '4a', reason: 'superseded', revokedAt: 1_795_000_000_000 } as const;

  test('what is revoked is found by its issuer and listed, and nothing else', async () => {
    const { revocations } = records;
    expect(await revocations.revoke(['one'], first)).toEqual({ ...first, registeredAt });
    expect(await revocations.find('one', '4a')).toEqual({ ...first, registeredAt });
    expect(await revocations.list('one')).toEqual([{ ...first, registeredAt }]);
    expect(await revocations.find('one', '4b')).toBeUndefined();
    expect(await revocations.find('other', '4a')).toBeUndefined();
    expect(await revocations.list('other')).toEqual([]);
  });

  test('the first word on a certificate stands', async () => {
    const { revocations } = records;
    await revocations.revoke(['one', 'other'], first);
    const again = { ...first, reason: 'key-compromise', revokedAt: 1 } as const;
    expect(await revocations.revoke(['one'], again)).toEqual({ ...first, registeredAt });
    expect(await revocations.list('one')).toHaveLength(1);
    expect(await revocations.find('other', '4a')).toEqual({ ...first, registeredAt });
  });
});
