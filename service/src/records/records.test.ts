import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { createLog } from '#telemetry/log.ts';
import { findBreak, isSealedBy } from '../../test/evidence-chain.ts';
import { advanceTo, documentKey, outputKey } from '#signing/signing.ts';
import { isTried, tried } from '../../test/databases.ts';
import { createDatabase } from '../../test/postgres-server.ts';
import { createRecord, createRecordsDeps, documentOf, insertRecord } from '../../test/records.ts';
import { createFolder } from '../../test/tools.ts';
import { createPostgresRecords, openPostgres } from '#records/database/postgres.ts';
import type { Records } from './records.ts';
import { openSqliteRecords } from '#records/database/sqlite.ts';

/** How far the service's clock is before the machine's. */
const time = { shiftMs: 0 };
const deps = { ...createRecordsDeps(), now: () => new Date(Date.now() + time.shiftMs) };
const folder = createFolder();
afterAll(() => folder.remove());
const silent = createLog(() => {});

/** A database whose schema is made: others are copied from it, which takes less. */
let made: string;
beforeAll(async () => {
  if (!isTried('PostgreSQL')) return;
  made = await createDatabase(inject('postgres'));
  await (await openPostgres(made, silent)).destroy();
});

/** Each database: where fresh records are, and how they are opened. */
const databases = {
  SQLite: {
    create: async () => join(folder.path, `${crypto.randomUUID()}.sqlite`),
    open: (place: string) => openSqliteRecords(place, deps),
  },
  PostgreSQL: {
    create: () => createDatabase(inject('postgres'), made),
    open: async (place: string) => createPostgresRecords(await openPostgres(place, silent), deps),
  },
};

/** The record of one place among three. */
const at = (position: number, jti?: string) =>
  createRecord({ identifier: 'several', sequence: { position, of: 3 }, ...(jti && { jti }) });

describe.each(tried(databases))('records in %s', (_name, { create, open }) => {
  let place: string;
  let records: Records;
  let store: Records['signings'];
  const start = async (): Promise<void> => {
    records = await open(place);
    store = records.signings;
  };
  beforeEach(async () => {
    place = await create();
    await start();
  });
  afterEach(() => records.close());

  const insert = async (identifier = 'one') => {
    const record = createRecord({ identifier });
    expect(await insertRecord(store, record)).toBe('inserted');
    return record;
  };

  test('a signing is inserted whole, and read as it was', async () => {
    const { signing, autograph, observations } = await insert();
    expect(await store.find(signing.id)).toEqual(signing);
    expect(await store.listByIdentifier('bank', 'one')).toEqual([signing]);
    expect(await store.listByIdentifier('shop', 'one')).toEqual([]);
    const kept = (await store.findAutograph(signing.id))!;
    expect(Buffer.from(autograph!.png).equals(kept.png)).toBe(true);
    expect(kept).toMatchObject({ width: autograph!.width, height: autograph!.height, made: autograph!.made });
    const evidence = await store.listEvidence(signing.id);
    expect(evidence.map(({ kind, data }) => ({ kind, data }))).toEqual(observations);
    expect(findBreak(evidence)).toBeUndefined();
  });

  test('an identifier is taken once, and a token is used once', async () => {
    const { signing } = await insert();
    expect(await insertRecord(store, createRecord({ identifier: 'one' }))).toBe('taken');
    const replayed = createRecord({ identifier: 'two', jti: signing.jti });
    expect(await insertRecord(store, replayed)).toBe('replayed');
    expect(await store.find(replayed.signing.id)).toBeUndefined();
    expect(await store.findAutograph(replayed.signing.id)).toBeUndefined();
    expect(await store.listEvidence(replayed.signing.id)).toEqual([]);
  });

  test('of many inserts at once one wins', async () => {
    const results = await Promise.all(Array.from({ length: 20 }, () => insertRecord(store, createRecord())));
    expect(results.filter((result) => result === 'inserted')).toHaveLength(1);
    expect(results.filter((result) => result === 'taken')).toHaveLength(19);
  });

  test('a signing is due at once, and claimed by one for the time of the lease', async () => {
    const { signing } = await insert();
    expect(await store.findDue(10)).toEqual([signing.id]);
    expect(await store.dueInMs(signing.id)).toBe(0);
    const claims = await Promise.all(Array.from({ length: 5 }, () => store.claim(signing.id, 60_000)));
    expect(claims.filter(Boolean)).toMatchObject([{ id: signing.id, epoch: 1 }]);
    expect(await store.findDue(10)).toEqual([]);
    // As if its time were nearly over.
    expect(await store.renew(claims.find(Boolean)!, 1)).toBe(true);
    await expect.poll(() => store.findDue(10)).toEqual([signing.id]);
    expect(await store.claim(signing.id, 1_000)).toMatchObject({ epoch: 2 });
  });

  test('what is unfinished is counted by status, and what is due', async () => {
    expect(await store.summarise()).toEqual({ unfinished: {}, oldestAt: null });
    const [first, second, third] = [await insert('one'), await insert('two'), await insert('three')];
    const claimed = (await store.claim(first.signing.id, 60_000))!;
    expect(await store.countDue()).toBe(2);
    const submitting = (await store.save(advanceTo(claimed, 'submitting'), { dueInMs: 60_000 }))!;
    await store.save(advanceTo(submitting, 'review'), { dueInMs: null });
    const failed = (await store.claim(second.signing.id, 60_000))!;
    await store.save(advanceTo(failed, 'failed'), { dueInMs: null });
    const { unfinished, oldestAt } = await store.summarise();
    expect(unfinished).toEqual({ review: 1, accepted: 1 });
    expect(oldestAt).toBe(Math.min(first.signing.createdAt, third.signing.createdAt));
    expect(await store.countDue()).toBe(1);
  });

  test('a renewed lease lasts, a released one ends, and neither is another’s to change', async () => {
    const { signing } = await insert();
    const slow = (await store.claim(signing.id, 0))!;
    const claimed = (await store.claim(signing.id, 150))!;
    expect(await store.renew(slow, 1)).toBe(false);
    expect(await store.renew(claimed, 60_000)).toBe(true);
    await wait(200);
    expect(await store.claim(signing.id, 150)).toBeUndefined();
    expect(await store.dueInMs(signing.id)).toBeGreaterThan(50_000);
    await store.release(slow);
    expect(await store.findDue(10)).toEqual([]);
    await store.release(claimed);
    expect(await store.findDue(10)).toEqual([signing.id]);
  });

  test('who lost the lease saves nothing, and leaves no evidence', async () => {
    const { signing, observations } = await insert();
    const slow = (await store.claim(signing.id, 1))!;
    await wait(10);
    const fast = (await store.claim(signing.id, 10_000))!;
    const change = { observations: [{ kind: 'submitted', data: {} } as const], dueInMs: 0, tell: [] };
    expect(await store.save(advanceTo(slow, 'submitting'), change)).toBeUndefined();
    expect(await store.listEvidence(signing.id)).toHaveLength(observations.length);
    const saved = await store.save(advanceTo(fast, 'submitting'), change);
    expect(saved).toMatchObject({ status: 'submitting', epoch: fast.epoch + 1 });
    expect(await store.find(signing.id)).toEqual(saved);
    expect(await store.listEvidence(signing.id)).toHaveLength(observations.length + 1);
  });

  test('of two that save one change at once, one wins', async () => {
    const { signing, observations } = await insert();
    const claimed = (await store.claim(signing.id, 10_000))!;
    const save = () =>
      store.save(advanceTo(claimed, 'submitting'), { observations: [{ kind: 'submitted', data: {} }], dueInMs: 0 });
    const saved = await Promise.all(Array.from({ length: 8 }, save));
    expect(saved.filter(Boolean)).toHaveLength(1);
    expect(await store.listEvidence(signing.id)).toHaveLength(observations.length + 1);
  });

  test('what is due is told oldest first, and no more of it than was asked for', async () => {
    const { signing: first } = await insert('first');
    await wait(5);
    const { signing: second } = await insert('second');
    await wait(5);
    const { signing: third } = await insert('third');
    const claimed = (await store.claim(first.id, 10_000))!;
    await wait(5);
    await store.save(claimed, { dueInMs: 0 });
    await wait(5);
    expect(await store.findDue(10)).toEqual([second.id, third.id, first.id]);
    expect(await store.findDue(2)).toEqual([second.id, third.id]);
  });

  test('a pause may be a fraction of a millisecond', async () => {
    const { signing } = await insert();
    const claimed = (await store.claim(signing.id, 1_000.5))!;
    expect(await store.save(claimed, { dueInMs: 2_500.25 })).toBeDefined();
    const due = (await store.dueInMs(signing.id))!;
    expect(due).toBeGreaterThan(1_000);
    expect(due).toBeLessThanOrEqual(2_501);
  });

  test('what is finished is never due, not even when all is made due', async () => {
    const finished = await insert('finished');
    const leased = await insert('leased');
    const claimed = (await store.claim(finished.signing.id, 10_000))!;
    await store.save(advanceTo(claimed, 'failed', { problem: 'signing-failed' }), { dueInMs: null });
    await store.claim(leased.signing.id, 10_000);
    expect(await store.findDue(10)).toEqual([]);
    expect(await store.dueInMs(finished.signing.id)).toBeNull();
    await store.makeAllDue();
    expect(await store.findDue(10)).toEqual([leased.signing.id]);
  });

  test('a decline is never due', async () => {
    const { signing, observations } = createRecord();
    const declined = { ...signing, status: 'declined' as const, consent: null, declineReason: '' };
    expect(await store.insert({ signing: declined, observations })).toBe('inserted');
    expect(await store.findDue(10)).toEqual([]);
    expect(await store.find(signing.id)).toEqual(declined);
  });

  test('evidence appended at once by many is one chain, sealed with each', async () => {
    const { signing } = await insert();
    const append = () => store.appendEvidence(signing.id, { kind: 'downloaded', data: { file: 'document' } });
    await Promise.all(Array.from({ length: 20 }, append));
    const evidence = await store.listEvidence(signing.id);
    expect(evidence).toHaveLength(23);
    expect(findBreak(evidence)).toBeUndefined();
    const faulty = evidence.filter(({ sequence, digest, seal }) => {
      const head = { signing: signing.id, sequence, digest };
      return !isSealedBy(deps.sealKey, head, seal);
    });
    // What came with the signing was written at once, and has one seal.
    expect(faulty.map(({ sequence, seal }) => [sequence, seal])).toEqual([
      [1, ''],
      [2, ''],
    ]);
  });

  test('each place among several signatories is taken once, and what a place was shown is its own', async () => {
    const first = at(1);
    expect(await insertRecord(store, first)).toBe('inserted');
    expect(await insertRecord(store, at(1))).toBe('taken');
    expect(await insertRecord(store, at(2, first.signing.jti))).toBe('replayed');
    const { document } = first.signing.request;
    const shown = { host: 'bank', identifier: 'several', digest: document.digest };
    await store.insertShowing({ ...shown, position: 1, jti: 'after the fact' });
    await store.insertShowing({ ...shown, position: 2, jti: 'in its turn' });
    const results = await Promise.all([
      insertRecord(store, at(2)),
      insertRecord(store, at(2)),
      insertRecord(store, at(2)),
    ]);
    expect(results.sort()).toEqual(['inserted', 'taken', 'taken']);
    const signings = await store.listByIdentifier('bank', 'several');
    expect(signings.map(({ request }) => request.sequence?.position)).toEqual([1, 2]);
    expect(await shownIn(signings[1]!.id)).toEqual([[1, 'in its turn']]);
  });

  test('what the host is to be told is kept with the change, and waits for a worker of its own', async () => {
    const { signing } = await insert();
    const claimed = (await store.claim(signing.id, 10_000))!;
    const failed = advanceTo(claimed, 'failed', { problem: 'signing-failed' });
    await store.save(failed, { dueInMs: null, tell: ['signing.failed'] });
    expect(await store.save(failed, { dueInMs: null, tell: ['signing.failed'] })).toBeUndefined();
    const [delivery, ...more] = await records.deliveries.list(signing.id);
    expect(more).toEqual([]);
    expect(delivery).toMatchObject({ host: 'bank', type: 'signing.failed', state: 'pending', attempts: 0 });
    expect(await records.deliveries.findDue(10)).toEqual([delivery!.id]);
    const [taken] = await Promise.all([records.deliveries.claim(delivery!.id, 10_000), records.deliveries.findDue(10)]);
    const told = { ...taken!, state: 'delivered' as const, outcome: '204' };
    expect(await records.deliveries.save(told, null)).toMatchObject({ state: 'delivered', epoch: 2 });
    expect(await records.deliveries.save(told, null)).toBeUndefined();
    expect(await records.deliveries.dueInMs(delivery!.id)).toBeNull();
    expect(await records.deliveries.find(delivery!.id)).toMatchObject({ state: 'delivered', outcome: '204' });
  });

  const showTo = async (visits: readonly string[], changes: object = {}): Promise<void> => {
    const { document } = createRecord().signing.request;
    for (const jti of visits)
      await store.insertShowing({
        host: 'bank',
        identifier: 'shown',
        position: 1,
        digest: document.digest,
        jti,
        ...changes,
      });
  };
  const shownIn = async (id: string) =>
    (await store.listEvidence(id))
      .filter(({ kind }) => kind === 'document-shown')
      .map(({ sequence, data }) => [sequence, data['tokenId']]);

  test('what was shown is evidence once a visit, before everything else, and of the agreement alone', async () => {
    const place = { host: 'bank', identifier: 'shown', position: 1 };
    expect(await store.firstShownAt(place)).toBeUndefined();
    await showTo(['first visit']);
    const first = await store.firstShownAt(place);
    expect(first).toBeLessThanOrEqual(Date.now());
    await showTo(['first visit', 'second visit', 'first visit']);
    expect(await store.firstShownAt(place)).toBe(first);
    await showTo(['of another agreement'], { digest: 'd' });
    await showTo(['of another signing'], { identifier: 'other' });
    await showTo(['of another host'], { host: 'shop' });
    const { signing } = await insert('shown');
    await showTo(['after the fact']);
    expect(await shownIn(signing.id)).toEqual([
      [1, 'first visit'],
      [2, 'second visit'],
    ]);
    expect(findBreak(await store.listEvidence(signing.id))).toBeUndefined();
    expect(await shownIn((await insert('other')).signing.id)).toEqual([[1, 'of another signing']]);
  });

  test('of very many visits the last are evidence', async () => {
    const visits = Array.from({ length: 25 }, (_, index) => `visit ${index}`);
    for (const visit of visits) {
      await showTo([visit]);
      await wait(2);
    }
    const shown = await shownIn((await insert('shown')).signing.id);
    expect(shown.map(([, visit]) => visit)).toEqual(visits.slice(-20));
  });

  test('signings are listed by their status, the one that has waited longest first, and no more than asked for', async () => {
    const ids: string[] = [];
    for (const identifier of ['a', 'b', 'c']) {
      const claimed = (await store.claim((await insert(identifier)).signing.id, 10_000))!;
      await store.save(advanceTo(claimed, 'failed', { problem: 'signing-failed' }), { dueInMs: null });
      ids.push(claimed.id);
      await wait(2);
    }
    await insert('unfinished');
    expect((await store.listByStatus('failed', 10)).map(({ id }) => id)).toEqual(ids);
    expect((await store.listByStatus('failed', 2)).map(({ id }) => id)).toEqual(ids.slice(0, 2));
    expect(await store.listByStatus('review', 10)).toEqual([]);
  });

  test('what was given up goes out again under its id, and a try under way is fenced off', async () => {
    const { signing } = await insert('told');
    const claimed = (await store.claim(signing.id, 10_000))!;
    const tell = ['conservation-certificate.issued', 'signing.completed'] as const;
    await store.save(advanceTo(claimed, 'submitting'), { dueInMs: null, tell: [...tell] });
    const { deliveries } = records;
    const [first, second] = (await deliveries.findDue(10)) as [string, string];
    const given = (await deliveries.claim(first, 10_000))!;
    await deliveries.save({ ...given, state: 'given-up', attempts: 14 }, null);
    const underWay = (await deliveries.claim(second, 10_000))!;
    expect((await deliveries.listByState('given-up', 10)).map(({ id }) => id)).toEqual([first]);
    const again = await deliveries.sendAgain(signing.id);
    expect(new Set(again.map(({ id }) => id))).toEqual(new Set([first, second]));
    expect(again).toMatchObject([1, 2].map(() => ({ state: 'pending', attempts: 0 })));
    expect(new Set(await deliveries.findDue(10))).toEqual(new Set([first, second]));
    expect(await deliveries.save({ ...underWay, state: 'delivered' }, null)).toBeUndefined();
    expect(await deliveries.listByState('given-up', 10)).toEqual([]);
    expect(await deliveries.sendAgain('nothing')).toEqual([]);
  });

  test('a document is known for its own host, and inserted twice is one', async () => {
    const box = { x: 54, y: 60.5, width: 240, height: 96 };
    const signaturePlace = { kind: 'signature', page: 1, ...box, ink: { ...box, height: 80 } } as const;
    const document = {
      host: 'bank',
      digest: 'd',
      uploadedDigest: 'u',
      bytes: 10,
      pages: 1,
      signatures: 0,
      signaturePlace,
      findings: null,
    };
    const findings = [{ finding: 'fillable-fields', handling: 'told', places: [{ page: 1, object: 7 }] } as const];
    const told = findings.map((own) => ({ ...own, places: [...own.places] }));
    await Promise.all([store.insertDocument(document), store.insertDocument({ ...document })]);
    const { ink: _, ...older } = signaturePlace;
    await store.insertDocument({ ...document, signaturePlace: older as typeof signaturePlace });
    await store.insertDocument({ ...document, pages: 9, findings: told });
    expect(await store.findDocument('bank', 'd')).toEqual({ ...document, findings });
    expect(await store.findDocument('shop', 'd')).toBeUndefined();
  });

  test('a document is signed or deleted, where both are wanted at once', async () => {
    const seen = new Set<string>();
    for (let round = 0; round < 30; round += 1) {
      const record = createRecord({ identifier: `race ${round}`, document: { digest: `d${round}`, name: 'Contrato' } });
      const document = documentOf(record);
      await store.insertDocument(document);
      const deleting = async () => {
        await wait(Math.random() * 4);
        await records.retention.deleteDocument(document, async () => {});
      };
      const [inserted] = await Promise.all([store.insert(record), deleting()]);
      const kept = await store.findDocument('bank', document.digest);
      expect(kept !== undefined).toBe(inserted === 'inserted');
      seen.add(inserted);
    }
    expect([...seen].filter((result) => !['inserted', 'document-missing'].includes(result))).toEqual([]);
  });

  test('files that no record names are told from those that one names', async () => {
    const { signing } = await insert();
    const named = { kind: 'document', host: 'bank', digest: signing.request.document.digest } as const;
    const unnamed = { ...named, host: 'shop' };
    const output = { kind: 'output', signingId: signing.id, digest: 'd' } as const;
    const ofNobody = { ...output, signingId: 'nobody' };
    const { listUnnamed } = records.namedFiles;
    // A signing that is worked on may name it next.
    expect(await listUnnamed([named, unnamed, output, ofNobody])).toEqual([unnamed, ofNobody]);
    const kept = { document: { digest: 'e', bytes: 1 } };
    const change = { dueInMs: null };
    const submitting = (await store.save(advanceTo(signing, 'submitting'), change))!;
    const signed = (await store.save(advanceTo(submitting, 'signed', { outputs: kept }), change))!;
    await store.save(advanceTo(signed, 'completed'), change);
    expect(await listUnnamed([output, { ...output, digest: 'e' }])).toEqual([output]);
    const keys: string[] = [];
    for await (const { key } of records.namedFiles.list()) keys.push(key);
    expect(keys).toEqual([documentKey('bank', named.digest), outputKey(signing.id, 'e')]);
  });

  test('all files that records name are listed, however many they are', async () => {
    const inserted = Array.from({ length: 1_001 }, (_, at) => ({ ...documentOf(createRecord()), digest: `d${at}` }));
    for (const document of inserted) await store.insertDocument(document);
    const keys = new Set<string>();
    for await (const { key } of records.namedFiles.list()) keys.add(key);
    expect(keys.size).toBe(inserted.length);
  });

  test('a file is deleted or named, where both are wanted at once', async () => {
    for (let round = 0; round < 20; round += 1) {
      const document = { ...documentOf(createRecord()), digest: `f${round}` };
      let isThere = true;
      const deleting = async () => {
        await wait(Math.random() * 2);
        await records.namedFiles.deleteUnnamed(
          { kind: 'document', host: 'bank', digest: document.digest },
          async () => {
            await wait(1);
            isThere = false;
          },
        );
      };
      // As an upload does: what is gone once its record is there is written again.
      const uploading = async () => {
        await store.insertDocument(document);
        isThere ||= true;
      };
      await Promise.all([uploading(), deleting()]);
      expect(isThere).toBe(true);
      expect(await store.findDocument('bank', document.digest)).toEqual(document);
    }
  });

  test('of downloads evidence tells the first, each doubling and the latest of a day, with their count', async () => {
    const { signing } = await insert();
    const download = {
      signingId: signing.id,
      file: 'document',
      digest: 'd',
      by: 'host',
      client: { address: '192.0.2.1' },
    };
    for (let times = 0; times < 100; times += 1) await store.countDownload(download);
    await store.countDownload({ ...download, by: 'signatory' });
    const told = async () =>
      (await store.listEvidence(signing.id)).filter(({ kind }) => kind === 'downloaded').map(({ data }) => data);
    const first = { file: 'document', digest: 'd', by: 'host', address: '192.0.2.1' };
    const counts = [2, 4, 8, 16, 32, 64].map((count) => Object.assign({ count }, first));
    expect(await told()).toEqual([first, ...counts, { ...first, by: 'signatory' }]);
    time.shiftMs = 86_400_001;
    await store.countDownload(download);
    expect((await told()).at(-1)).toEqual({ ...first, count: 101 });
    time.shiftMs = 0;
    expect(findBreak(await store.listEvidence(signing.id))).toBeUndefined();
  });

  test('records outlive a stop', async () => {
    const { signing } = await insert();
    await records.close();
    await start();
    expect(await store.find(signing.id)).toEqual(signing);
    expect(findBreak(await store.listEvidence(signing.id))).toBeUndefined();
  });
});
