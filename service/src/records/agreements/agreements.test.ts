import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { createPostgresRecords, openPostgres } from '#records/database/postgres.ts';
import { openSqliteRecords } from '#records/database/sqlite.ts';
import type { Records } from '#records/records.ts';
import { advanceTo, type Signing } from '#signing/signing.ts';
import { createLog } from '#telemetry/log.ts';
import { tried } from '../../../test/databases.ts';
import { createDatabase } from '../../../test/postgres-server.ts';
import { createRecord, createRecordsDeps, insertRecord } from '../../../test/records.ts';
import { createFolder } from '../../../test/tools.ts';

const deps = createRecordsDeps();
const folder = createFolder();
afterAll(() => folder.remove());

const databases = {
  SQLite: () => openSqliteRecords(join(folder.path, `${crypto.randomUUID()}.sqlite`), deps),
  PostgreSQL: async () => {
    const address = await createDatabase(inject('postgres'));
    return createPostgresRecords(
      await openPostgres(
        address,
        createLog(() => {}),
      ),
      deps,
    );
  },
};

const ofAgreement = ['agreement.completed', 'agreement.ended'] as const;
const file = { digest: 'ab'.repeat(32), bytes: 1 };
const issued = {
  document: file,
  keyCertificate: file,
  conservationCertificate: { ...file, issuedAt: '2026-11-28T00:00:00Z', issuer: 'somebody', accredited: false },
};

/** As if every step had been taken but the last. */
const lastStep = (signing: Signing, outputs: Signing['outputs'] = issued): Signing =>
  advanceTo({ ...signing, status: 'signed', outputs }, 'completed');

describe.each(tried(databases))('agreements in %s', (_name, open) => {
  let records: Records;
  let store: Records['signings'];
  beforeEach(async () => {
    records = await open();
    store = records.signings;
  });
  afterEach(() => records.close());

  const insert = async (position: number, of: number, identifier = 'one') => {
    const record = createRecord({ identifier, sequence: { position, of } });
    expect(await insertRecord(store, record)).toBe('inserted');
    return record.signing;
  };

  const end = (signing: Signing) => store.save(signing, { dueInMs: null, tell: [...ofAgreement] });

  const told = async (...signings: Signing[]): Promise<string[]> =>
    (await Promise.all(signings.map(({ id }) => records.deliveries.list(id)))).flat().map(({ type }) => type);

  const withdraw = (identifier = 'one') =>
    store.withdraw({ host: 'bank', identifier, reason: null, tell: ['signing.withdrawn', 'agreement.ended'] });

  test('it is completed once, by whoever is the last to complete', async () => {
    const [first, second] = [await insert(1, 2), await insert(2, 2)];
    await end(lastStep(second));
    expect(await told(first, second)).toEqual([]);
    await end(lastStep(first));
    expect(await told(first, second)).toEqual(['agreement.completed']);
    const [delivery] = await records.deliveries.list(first.id);
    expect(delivery!.stateThen).toEqual({ sequence: { position: 1, of: 2, state: 'completed' } });
    // A worker that takes the step a second time changes nothing any more.
    expect(await end(lastStep(first))).toBeUndefined();
  });

  test('of several that complete at the same moment one tells of it', async () => {
    for (let round = 0; round < 10; round += 1) {
      const identifier = `round ${round}`;
      const signings = await Promise.all([1, 2, 3].map((position) => insert(position, 3, identifier)));
      await Promise.all(signings.map((signing) => end(lastStep(signing))));
      expect(await told(...signings)).toEqual(['agreement.completed']);
    }
  });

  test('an output that failed keeps it from being completed: it has ended, and says why', async () => {
    const signing = await insert(1, 1);
    const failed = {
      ...lastStep(signing),
      standings: { conservationCertificate: { problem: 'output-overdue' } },
    } as const;
    await end(failed);
    expect(await told(signing)).toEqual(['agreement.ended']);
    expect(await store.findAgreement('bank', 'one')).toMatchObject({ state: 'ended', reason: 'output-failed' });
  });

  test('what ended once does not end again', async () => {
    const [first, second] = [await insert(1, 2), await insert(2, 2)];
    await end(lastStep(first));
    await end(advanceTo(second, 'failed'));
    expect(await told(first, second)).toEqual(['agreement.ended']);
    expect(await withdraw()).toBe('too-late');
    expect(await told(first, second)).toEqual(['agreement.ended']);
  });

  test('a host that does not want it is not told, and it has ended all the same', async () => {
    const signing = await insert(1, 1);
    await store.save(lastStep(signing), { dueInMs: null, tell: ['signing.completed'] });
    expect(await told(signing)).toEqual(['signing.completed']);
    expect(await store.findAgreement('bank', 'one')).toMatchObject({ state: 'completed' });
  });

  test('withdrawn before anybody came, nobody signs it; of another host it is nothing', async () => {
    expect(await withdraw()).toMatchObject({ agreement: { reason: 'withdrawn' }, signing: undefined });
    expect(await insertRecord(store, createRecord({ identifier: 'one' }))).toBe('withdrawn');
    expect(await store.findAgreement('shop', 'one')).toBeUndefined();
    const [id] = await records.deliveries.findDue(10);
    expect(await records.deliveries.find(id!)).toMatchObject({
      signingId: null,
      identifier: 'one',
      type: 'agreement.ended',
    });
  });

  test('a worker that has just taken up what is withdrawn can save nothing any more', async () => {
    const { id } = await insert(1, 1);
    const claimed = (await store.claim(id, 60_000))!;
    expect(await withdraw()).toMatchObject({ signing: { id, status: 'withdrawn' } });
    expect(await store.save(advanceTo(claimed, 'submitting'), { dueInMs: 0 })).toBeUndefined();
    expect(await store.find(id)).toMatchObject({ status: 'withdrawn' });
    expect(await store.dueInMs(id)).toBeNull();
    expect((await told((await store.find(id))!)).sort()).toEqual(['agreement.ended', 'signing.withdrawn']);
  });

  test('of a withdrawal and a submission at once one wins', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { id } = await insert(1, 1, `race ${round}`);
      const claimed = (await store.claim(id, 60_000))!;
      const submit = () => store.save(advanceTo(claimed, 'submitting'), { dueInMs: 60_000 });
      const [withdrawn, submitted] = await Promise.all([withdraw(`race ${round}`), submit()]);
      expect(withdrawn === 'too-late').toBe(submitted !== undefined);
    }
  });

  test('of a withdrawal and many signatories who come at once, nobody signs what is withdrawn', async () => {
    for (let round = 0; round < 5; round += 1) {
      const identifier = `crowd ${round}`;
      const record = createRecord({ identifier });
      const [withdrawn, inserted] = await Promise.all([withdraw(identifier), insertRecord(store, record)]);
      expect(withdrawn).not.toBe('too-late');
      const kept = await store.find(record.signing.id);
      expect(inserted === 'inserted' ? kept?.status : 'withdrawn').toBe('withdrawn');
    }
  });

  test('with the last signing all that was kept of it goes', async () => {
    const signing = await insert(1, 1);
    await end(advanceTo(signing, 'failed'));
    await records.retention.deleteSigning(signing.id, async () => {});
    expect(await store.findAgreement('bank', 'one')).toBeUndefined();
    expect(await records.deliveries.findDue(10)).toEqual([]);
    await withdraw('never signed');
    await records.retention.deleteShowings(Date.now() + 1_000);
    expect(await store.findAgreement('bank', 'never signed')).toBeUndefined();
  });

  test('a wish to erase stays until it is done, and forgets whose it was', async () => {
    const { id } = await records.erasures.insert('bank', { email: 'una@example.org' });
    expect(await records.erasures.findOpen(10)).toEqual([id]);
    await records.erasures.end(id, []);
    expect(await records.erasures.findOpen(10)).toEqual([]);
    expect(await records.erasures.find(id)).toMatchObject({ subject: null, erased: [], retained: [] });
  });
});
