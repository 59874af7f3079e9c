import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { createPostgresRecords, openPostgres } from '#records/database/postgres.ts';
import { openSqliteRecords } from '#records/database/sqlite.ts';
import type { Records } from '#records/records.ts';
import { digestOf } from '#signing/digest.ts';
import { advanceTo, type Signing } from '#signing/signing.ts';
import { createLog } from '#telemetry/log.ts';
import { isSealedBy } from '../../../test/evidence-chain.ts';
import { tried } from '../../../test/databases.ts';
import { createDatabase } from '../../../test/postgres-server.ts';
import { createRecord, createRecordsDeps, insertRecord } from '../../../test/records.ts';
import { createFolder } from '../../../test/tools.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const completedAt = Date.parse('2026-11-28T12:00:00.123Z');
const deps = { ...createRecordsDeps(), now: () => new Date(completedAt) };
const folder = createFolder();
afterAll(() => folder.remove());

const quiet = createLog(() => {});
const databases = {
  SQLite: () => openSqliteRecords(join(folder.path, `${crypto.randomUUID()}.sqlite`), deps),
  PostgreSQL: async () =>
    createPostgresRecords(await openPostgres(await createDatabase(inject('postgres')), quiet), deps),
};

const never = { renewAt: null, archivedUntil: null, archiveDigest: null };
const file = (name: string) => ({ digest: digestOf(name), bytes: name.length });

describe.each(tried(databases))('renewals in %s', (_name, open) => {
  let records: Records;
  beforeEach(async () => {
    records = await open();
  });
  afterEach(() => records.close());

  const complete = async (identifier: string, renewInMs: number | null = hourMs): Promise<Signing> => {
    const record = createRecord({ identifier });
    await insertRecord(records.signings, record);
    const outputs = { document: { ...file('signed'), level: 'B-LTA' as const } };
    let signing = (await records.signings.find(record.signing.id))!;
    for (const status of ['submitting', 'signed', 'completed'] as const) {
      const renewal = status === 'completed' && renewInMs !== null ? { renewInMs } : {};
      const change = { dueInMs: null, ...renewal };
      signing = (await records.signings.save(advanceTo(signing, status, { outputs }), change))!;
    }
    return signing;
  };

  test('what was completed is due when it was said to be, and nothing that was not', async () => {
    const { renewals } = records;
    const { id } = await complete('one');
    await complete('never', null);
    expect(await renewals.findDue(completedAt + hourMs - 1, 10)).toEqual([]);
    expect(await renewals.findDue(completedAt + hourMs, 10)).toEqual([id]);
    expect(await renewals.countNew()).toBe(1);
    expect(await renewals.listDays()).toEqual([]);
  });

  test('one that is taken is not taken again before its time is over', async () => {
    const { renewals } = records;
    const { id } = await complete('one');
    const at = completedAt + hourMs;
    const claims = await Promise.all([renewals.claim(id, at, 1_000), renewals.claim(id, at, 1_000)]);
    expect(claims.filter(Boolean)).toMatchObject([{ id, status: 'completed' }]);
    expect(await renewals.claim(id, at + 999, 1_000)).toBeUndefined();
    expect(await renewals.claim(id, at + 1_000, 1_000)).toMatchObject({ id });
  });

  test('a longer document takes the place of the one before, with sealed evidence and news for the host, once', async () => {
    const { renewals, signings, deliveries } = records;
    const signing = await complete('one');
    const document = { ...signing.outputs.document!, ...file('renewed') };
    const renewed = {
      document,
      observation: { kind: 'renewed', data: { document: file('renewed'), previous: file('signed') } },
      tell: ['document.renewed'],
      renewAt: completedAt + 9 * dayMs,
      archivedUntil: completedAt + 10 * dayMs,
      archiveDigest: 'sha256',
    } as const;
    const both = [renewals.save(signing, { ...renewed, tell: [...renewed.tell] })];
    both.push(renewals.save(signing, { ...renewed, tell: [...renewed.tell] }));
    expect((await Promise.all(both)).filter(Boolean)).toHaveLength(1);
    const saved = (await signings.find(signing.id))!;
    // It is kept for no longer than it would have been: that is counted from its last change.
    expect(saved).toEqual({ ...signing, epoch: signing.epoch + 1, outputs: { document } });
    const evidence = await signings.listEvidence(signing.id);
    expect(evidence.at(-1)).toMatchObject({ kind: 'renewed', data: renewed.observation.data });
    expect(evidence.filter(({ kind }) => kind === 'renewed')).toHaveLength(1);
    const { sequence, digest, seal } = evidence.at(-1)!;
    expect(isSealedBy(deps.sealKey, { signing: signing.id, sequence, digest }, seal)).toBe(true);
    expect(await deliveries.list(signing.id)).toMatchObject([{ type: 'document.renewed', host: 'bank' }]);
    expect(await renewals.listDays()).toEqual([
      { day: Math.floor(renewed.renewAt / dayMs), documents: 1, firstEnd: renewed.archivedUntil },
    ]);
  });

  test('what another change came before changes nothing', async () => {
    const { renewals } = records;
    const signing = await complete('one');
    const stale = { ...signing, epoch: signing.epoch - 1 };
    await renewals.postpone(stale, never);
    await renewals.defer(stale, 0);
    expect(await renewals.findDue(completedAt, 10)).toEqual([]);
    expect(await renewals.findDue(completedAt + hourMs, 10)).toHaveLength(1);
  });

  test('what is of another digest is made due, and nothing else', async () => {
    const { renewals } = records;
    const later = { renewAt: completedAt + 9 * dayMs, archivedUntil: completedAt + 10 * dayMs };
    const weaker = await complete('weaker');
    await renewals.postpone(weaker, { ...later, archiveDigest: 'sha256' });
    await renewals.postpone(await complete('stronger'), { ...later, archiveDigest: 'sha384' });
    await renewals.postpone(await complete('never'), never);
    await renewals.makeDue('sha256', completedAt);
    expect(await renewals.findDue(completedAt, 10)).toEqual([weaker.id]);
  });

  test('days are counted, however many documents are due on each, and what is never due is not', async () => {
    const { renewals } = records;
    const days = [3, 3, 5];
    for (const [at, day] of days.entries()) {
      const renewal = { renewAt: day * dayMs + at, archivedUntil: (day + 1) * dayMs - at, archiveDigest: 'sha256' };
      await renewals.postpone(await complete(`of day ${at}`), renewal);
    }
    await renewals.postpone(await complete('none'), never);
    expect(await renewals.countNew()).toBe(0);
    expect(await renewals.listDays()).toEqual([
      { day: 3, documents: 2, firstEnd: 4 * dayMs - 1 },
      { day: 5, documents: 1, firstEnd: 6 * dayMs - 2 },
    ]);
  });
});
