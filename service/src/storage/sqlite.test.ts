import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findBreak } from '#signing/evidence.ts';
import { advanceTo } from '#signing/signing.ts';
import { createRecord, createRecordsNeighbours } from '../../test/records.ts';
import { createFolder, type Folder } from '../../test/tools.ts';
import type { SigningStore } from './signing-store.ts';
import type { Records } from './records.ts';
import { FolderInUseError, openSqliteRecords } from './sqlite.ts';

const neighbours = createRecordsNeighbours();
let folder: Folder;
let path: string;
let records: Records;
let store: SigningStore;
const open = async (): Promise<void> => {
  records = await openSqliteRecords(path, neighbours);
  store = records.signings;
};
beforeEach(async () => {
  folder = createFolder();
  path = join(folder.path, 'records.sqlite');
  await open();
});
afterEach(async () => {
  await records.close();
  folder.remove();
});

const insert = async (identifier = 'one') => {
  const record = createRecord({ identifier });
  expect(await store.insert(record)).toBe('inserted');
  return record;
};

test('a signing is inserted whole, and read as it was', async () => {
  const { signing, autograph, observations } = await insert();
  expect(await store.find(signing.id)).toEqual(signing);
  expect(await store.findByIdentifier('bank', 'one')).toEqual(signing);
  expect(await store.findByIdentifier('shop', 'one')).toBeUndefined();
  const kept = (await store.findAutograph(signing.id))!;
  expect(Buffer.from(autograph!.png).equals(kept.png)).toBe(true);
  expect(kept).toMatchObject({ width: autograph!.width, height: autograph!.height, strokes: autograph!.strokes });
  const evidence = await store.listEvidence(signing.id);
  expect(evidence.map(({ kind, data }) => ({ kind, data }))).toEqual(observations);
  expect(findBreak(evidence)).toBeUndefined();
});

test('an identifier is taken once, and a token is used once', async () => {
  const { signing } = await insert();
  expect(await store.insert(createRecord({ identifier: 'one' }))).toBe('taken');
  const replayed = createRecord({ identifier: 'two', jti: signing.jti });
  expect(await store.insert(replayed)).toBe('replayed');
  expect(await store.find(replayed.signing.id)).toBeUndefined();
  expect(await store.findAutograph(replayed.signing.id)).toBeUndefined();
  expect(await store.listEvidence(replayed.signing.id)).toEqual([]);
});

test('of many inserts at once one wins', async () => {
  const results = await Promise.all(Array.from({ length: 20 }, () => store.insert(createRecord())));
  expect(results.filter((result) => result === 'inserted')).toHaveLength(1);
  expect(results.filter((result) => result === 'taken')).toHaveLength(19);
});

test('a signing is due at once, and claimed by one for the time of the lease', async () => {
  const { signing } = await insert();
  expect(await store.findDue(10)).toEqual([signing.id]);
  const claims = await Promise.all(Array.from({ length: 5 }, () => store.claim(signing.id, 80)));
  expect(claims.filter(Boolean)).toMatchObject([{ id: signing.id, epoch: 1 }]);
  expect(await store.findDue(10)).toEqual([]);
  await wait(100);
  expect(await store.findDue(10)).toEqual([signing.id]);
  expect(await store.claim(signing.id, 80)).toMatchObject({ epoch: 2 });
});

test('who lost the lease saves nothing, and leaves no evidence', async () => {
  const { signing, observations } = await insert();
  const slow = (await store.claim(signing.id, 1))!;
  await wait(10);
  const fast = (await store.claim(signing.id, 10_000))!;
  const observation = { kind: 'submitted', data: {} } as const;
  expect(await store.save(advanceTo(slow, 'submitting'), { observations: [observation], dueInMs: 0 })).toBeUndefined();
  expect(await store.listEvidence(signing.id)).toHaveLength(observations.length);
  const saved = await store.save(advanceTo(fast, 'submitting'), { observations: [observation], dueInMs: 0 });
  expect(saved).toMatchObject({ status: 'submitting', epoch: fast.epoch + 1 });
  expect(await store.find(signing.id)).toEqual(saved);
  expect(await store.listEvidence(signing.id)).toHaveLength(observations.length + 1);
});

test('what is finished is never due, not even when all is made due', async () => {
  const finished = await insert('finished');
  const leased = await insert('leased');
  const claimed = (await store.claim(finished.signing.id, 10_000))!;
  await store.save(advanceTo(claimed, 'failed', { problem: 'signing-failed' }), { dueInMs: null });
  await store.claim(leased.signing.id, 10_000);
  expect(await store.findDue(10)).toEqual([]);
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

test('evidence appended at once by many is one chain', async () => {
  const { signing } = await insert();
  const append = () => store.appendEvidence(signing.id, { kind: 'downloaded', data: { file: 'document' } });
  await Promise.all(Array.from({ length: 12 }, append));
  const evidence = await store.listEvidence(signing.id);
  expect(evidence).toHaveLength(15);
  expect(findBreak(evidence)).toBeUndefined();
});

test('a document is known for its own host, and inserted twice is one', async () => {
  const document = { host: 'bank', digest: 'd', uploadedDigest: 'u', bytes: 10, pages: 1, signatures: 0 };
  await store.insertDocument(document);
  await store.insertDocument({ ...document, pages: 9 });
  expect(await store.findDocument('bank', 'd')).toMatchObject(document);
  expect(await store.findDocument('shop', 'd')).toBeUndefined();
});

test('records outlive a stop, and are nobody else’s while they are open', async () => {
  const { signing } = await insert();
  await expect(openSqliteRecords(path, neighbours)).rejects.toThrow(FolderInUseError);
  await records.close();
  await open();
  expect(await store.find(signing.id)).toEqual(signing);
  expect(findBreak(await store.listEvidence(signing.id))).toBeUndefined();
});

test('the file of the records is its owner’s alone', () => {
  expect((statSync(path).mode & 0o777).toString(8)).toBe('600');
});
