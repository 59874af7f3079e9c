import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FileStore } from '#files/file-store.ts';
import { digestOf } from '#signing/digest.ts';
import { documentKey, outputKey } from '#signing/signing.ts';
import { createLog } from '#telemetry/log.ts';
import { createRecord, documentOf, insertRecord } from '../../../test/records.ts';
import { startTroubledJobs } from '../../../test/troubled-neighbours.ts';
import { createSweep } from './sweep.ts';

const hourMs = 3_600_000;
const pdf = Buffer.from('agreement');
const other = Buffer.from('another');

let room: Awaited<ReturnType<typeof startTroubledJobs>>;
beforeEach(async () => {
  room = await startTroubledJobs();
});
afterEach(() => room.stop());

const lines: string[] = [];
const log = createLog((line) => lines.push(line));

/** Sweeps as it is done so many hours after everything was written. */
const sweepAfter = async (hours: number, files: FileStore = room.files): Promise<void> => {
  const now = () => new Date(Date.now() + hours * hourMs);
  const work = createSweep({ files, namedFiles: room.namedFiles, now, log });
  for (const id of await work.findDue(10)) await work.run(id);
};

const listKeys = async (): Promise<string[]> => {
  const keys: string[] = [];
  for await (const { key } of room.files.list()) keys.push(key);
  return keys.sort();
};

const complete = async (identifier = 'one') => {
  const record = createRecord({ identifier });
  await room.files.write(documentKey('bank', documentOf(record).digest), pdf);
  await insertRecord(room.store, record);
  await room.advance.run(record.signing.id);
  return (await room.store.find(record.signing.id))!;
};

const unnamed = (signingId: string): string[] => [
  documentKey('bank', digestOf(other)),
  documentKey('shop', digestOf(pdf)),
  outputKey(signingId, digestOf(other)),
  outputKey(randomUUID(), digestOf(other)),
  `${documentKey('bank', digestOf(pdf))}.${randomUUID()}`,
  `${outputKey(signingId, digestOf(other))}.${randomUUID()}`,
];

test('a sweep that storage did not let come to its end is due again, and one that did is not', async () => {
  let isAway = true;
  const list = () => {
    if (isAway) throw new Error('away');
    return room.files.list();
  };
  const work = createSweep({ files: { ...room.files, list }, namedFiles: room.namedFiles, now: () => new Date(), log });
  for (isAway of [true, false]) {
    expect(await work.findDue(10)).toEqual(['files']);
    await work.run('files');
  }
  expect(await work.findDue(10)).toEqual([]);
});

test('what no record names goes once it is a day old, and all that one names stays', async () => {
  const { id } = await complete();
  const named = await listKeys();
  expect(named.length).toBeGreaterThan(2);
  for (const key of unnamed(id)) await room.files.write(key, other);
  await sweepAfter(23);
  expect(await listKeys()).toHaveLength(named.length + 6);
  await sweepAfter(25);
  expect(await listKeys()).toEqual(named);
  expect(JSON.parse(lines.at(-1)!)).toMatchObject({ files: 6 });
});

test('what is not of the service’s making stays', async () => {
  const foreign = ['lost+found/file', 'documents/bank/notes.txt', `signings/${randomUUID()}/${digestOf(pdf)}.old`];
  for (const key of foreign) await room.files.write(key, other);
  await sweepAfter(5_000);
  expect(await listKeys()).toEqual(foreign.sort());
});

test('a signing that is still worked on keeps all its files: its next record may name them', async () => {
  const record = createRecord();
  await insertRecord(room.store, record);
  const key = outputKey(record.signing.id, digestOf(other));
  await room.files.write(key, other);
  await sweepAfter(5_000);
  expect(await listKeys()).toEqual([key]);
});

test('what is written again while it is looked at stays', async () => {
  const key = documentKey('bank', digestOf(other));
  await room.files.write(key, other);
  const found = { key, writtenAt: Date.now() + 25 * hourMs };
  await sweepAfter(25, { ...room.files, find: async () => found });
  expect(await listKeys()).toEqual([key]);
});

test('what an upload names while it is deleted is gone only before the upload’s record is there', async () => {
  const document = { ...documentOf(createRecord()), digest: digestOf(other) };
  const key = documentKey('bank', document.digest);
  await room.files.write(key, other);
  const insert = async () => {
    await room.store.insertDocument(document);
    return room.files.find(key);
  };
  const [found] = await Promise.all([insert(), sweepAfter(25)]);
  // What the upload finds once its record is there is what stays.
  expect(await room.files.find(key)).toEqual(found);
  expect(await room.store.findDocument('bank', document.digest)).toEqual(document);
});

test('it is done after a start, and again only hours later', async () => {
  const work = createSweep({ files: room.files, namedFiles: room.namedFiles, now: () => new Date(), log });
  const due = await work.findDue(10);
  expect(due).toHaveLength(1);
  await work.run(due[0]!);
  expect(await work.findDue(10)).toEqual([]);
});
