import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLog } from '#telemetry/log.ts';
import { isSealedBy } from '../../../test/evidence-chain.ts';
import { documentKey, outputKey, type InputDocument } from '#signing/signing.ts';
import type { FileStore } from '#files/file-store.ts';
import { createRecord, documentOf, insertRecord } from '../../../test/records.ts';
import { startTroubledJobs } from '../../../test/troubled-neighbours.ts';
import { createRetain } from './retain.ts';

const dayMs = 86_400_000;
const pdf = Buffer.from('agreement');
const log = createLog(() => {});

let room: Awaited<ReturnType<typeof startTroubledJobs>>;
beforeEach(async () => {
  room = await startTroubledJobs();
});
afterEach(() => room.stop());

/** The work as it is so many days after everything was written. */
const retainAfter = (days: number, files: FileStore = room.files) => {
  const now = () => new Date(Date.now() + days * dayMs);
  return createRetain({ retention: room.retention, files, days: 10, now, log });
};

const runAll = async (work: ReturnType<typeof retainAfter>): Promise<string[]> => {
  const due = await work.findDue(10);
  for (const id of due) await work.run(id);
  return due;
};

const insert = async (identifier: string) => {
  const record = createRecord({ identifier });
  const document = documentOf(record);
  await room.files.write(documentKey('bank', document.digest), pdf);
  await insertRecord(room.store, record);
  return record.signing;
};

const complete = async (identifier = 'one') => {
  const { id } = await insert(identifier);
  await room.advance.run(id);
  return (await room.store.find(id))!;
};

test('what is younger than the time it is kept for stays', async () => {
  const { id } = await complete();
  expect(await runAll(retainAfter(9))).toEqual([]);
  expect((await room.store.find(id))!.status).toBe('completed');
});

test('a finished signing goes whole, and then the agreement that nobody uses any more', async () => {
  const signing = await complete();
  const { id, outputs, request } = signing;
  expect(await runAll(retainAfter(11))).toEqual([id]);
  expect(await room.store.find(id)).toBeUndefined();
  expect(await room.store.listEvidence(id)).toEqual([]);
  expect(await room.store.findAutograph(id)).toBeUndefined();
  expect(await room.deliveries.list(id)).toEqual([]);
  for (const kept of Object.values(outputs)) expect(await room.files.read(outputKey(id, kept.digest))).toBeUndefined();
  const { digest } = request.document;
  expect(await runAll(retainAfter(11))).toEqual([`bank/${digest}`]);
  expect(await room.files.read(documentKey('bank', digest))).toBeUndefined();
  expect(await room.store.findDocument('bank', digest)).toBeUndefined();
  expect(await runAll(retainAfter(11))).toEqual([]);
});

test('a sealed note of it stays, without what was personal', async () => {
  const { id, request } = await complete();
  await runAll(retainAfter(11));
  const [deletion] = await room.retention.listDeletions(10);
  const { record, seal } = deletion!;
  expect(JSON.parse(record)).toMatchObject({ host: 'bank', status: 'completed', document: request.document.digest });
  for (const personal of [request.identifier, ...Object.values(request.signatory)])
    expect(record).not.toContain(personal);
  const digest = createHash('sha256').update(record).digest('hex');
  expect(isSealedBy(room.sealKey, { signing: id, sequence: 0, digest }, seal)).toBe(true);
});

const isThere = (text: string): boolean => room.readDatabase().includes(text);

test('nothing of who signed is left in the file of the records, nor in what SQLite keeps beside it', async () => {
  const { id, identifier, request } = await complete('CREDITO-DE-XOCHITL-4711');
  const { givenName, paternalSurname, email } = request.signatory;
  const personal = [identifier, givenName, paternalSurname!, email];
  expect(personal.filter(isThere)).toEqual(personal);
  expect(await runAll(retainAfter(11))).toEqual([id]);
  // As a scheduler does: what is next is asked for after each.
  await retainAfter(11).findDue(10);
  expect(personal.filter(isThere)).toEqual([]);
});

test('what is not finished stays, however old it is', async () => {
  const { id } = await insert('one');
  expect(await runAll(retainAfter(5000))).toEqual([]);
  expect(await room.store.findDue(1)).toEqual([id]);
});

test('of several signatories the last goes first: what somebody was given stays as long as they do', async () => {
  const sign = async (position: number, input?: InputDocument) => {
    const record = createRecord({ sequence: { position, of: 3 } }, input);
    const { digest } = documentOf(record);
    await room.files.write(documentKey('bank', digest), pdf);
    await insertRecord(room.store, record);
    await room.advance.run(record.signing.id);
    const { id, outputs } = (await room.store.find(record.signing.id))!;
    return { digest: outputs.document!.digest, signingId: id };
  };
  const first = await sign(1);
  const second = await sign(2, first);
  // The third has not come yet to what the second has left.
  expect(await runAll(retainAfter(11))).toEqual([second.signingId]);
  expect(await room.files.read(outputKey(second.signingId, second.digest))).toBeUndefined();
  expect(await room.files.read(outputKey(first.signingId, first.digest))).toBeDefined();
  const late = createRecord({ sequence: { position: 3, of: 3 } }, second);
  expect(await room.store.insert(late)).toBe('document-missing');
  expect(await runAll(retainAfter(11))).toEqual([first.signingId]);
});

test('what is given to the next signatory at the same moment stays, or the next one is refused', async () => {
  const { id, outputs } = await complete();
  const input = { digest: outputs.document!.digest, signingId: id };
  const next = createRecord({ identifier: 'one', sequence: { position: 2, of: 2 } }, input);
  const [inserted] = await Promise.all([room.store.insert(next), runAll(retainAfter(11))]);
  expect(['inserted', 'document-missing']).toContain(inserted);
  const kept = await room.files.read(outputKey(id, input.digest));
  expect(kept !== undefined).toBe(inserted === 'inserted');
});

test('files that cannot be deleted keep their record', async () => {
  const { id } = await complete();
  const failing = { ...room.files, delete: () => Promise.reject(new Error('read-only')) };
  await runAll(retainAfter(11, failing));
  expect((await room.store.find(id))!.status).toBe('completed');
  expect(await room.store.listEvidence(id)).not.toEqual([]);
  expect(await runAll(retainAfter(11))).toEqual([id]);
  expect(await room.store.find(id)).toBeUndefined();
});

test('an agreement that is signed at the same moment stays, or the signing is refused', async () => {
  const record = createRecord();
  const document = documentOf(record);
  await room.store.insertDocument(document);
  const key = documentKey('bank', document.digest);
  await room.files.write(key, pdf);
  const [inserted] = await Promise.all([room.store.insert(record), runAll(retainAfter(11))]);
  expect(['inserted', 'document-missing']).toContain(inserted);
  expect((await room.files.read(key)) !== undefined).toBe(inserted === 'inserted');
});
