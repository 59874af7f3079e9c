import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Problem } from '#problem.ts';
import type { Provider } from '#providers/provider.ts';
import { digestOf } from '#signing/digest.ts';
import { advanceTo, documentKey, outputKey } from '#signing/signing.ts';
import { createRecord } from '../../test/records.ts';
import { startTroubledJobs } from '../../test/troubled-neighbours.ts';
import { createEmbeddedScheduler } from './embedded-scheduler.ts';

const pdf = Buffer.from('agreement');

let room: Awaited<ReturnType<typeof startTroubledJobs>>;
beforeEach(async () => {
  room = await startTroubledJobs();
  await room.files.write(documentKey('bank', digestOf(pdf)), pdf);
});
afterEach(() => room.stop());

const insert = async (identifier = 'one', document = { digest: digestOf(pdf), name: 'Contrato.pdf' }) => {
  const record = createRecord({ identifier, document });
  await room.store.insert(record);
  return record.signing.id;
};

/** As if the pauses between two tries were over. */
const advanceAgain = async (id: string): Promise<void> => {
  await room.store.makeAllDue();
  await room.advance(id);
};

const kindsOf = async (id: string): Promise<string[]> =>
  (await room.store.listEvidence(id)).slice(3).map(({ kind }) => kind);

test('a signing goes all its way at once, and tells of every step', async () => {
  const id = await insert();
  const told: number[] = [];
  room.changes.listen(id, () => told.push(1));
  await room.advance(id);
  const signing = (await room.store.find(id))!;
  expect(signing.status).toBe('completed');
  expect(await kindsOf(id)).toEqual(['submitted', 'signed', 'conserved', 'completed']);
  expect(told).toHaveLength(4);
  const { digest, bytes } = signing.outputs.document!;
  expect(Buffer.from((await room.files.read(outputKey(id, digest)))!).toString()).toBe('agreement signed');
  expect(bytes).toBe('agreement signed'.length);
  expect(room.provider.orders).toMatchObject([{ id, identifier: 'one', document: pdf, locale: 'es-MX' }]);
});

test('what fails is tried again later, not at once, until it succeeds', async () => {
  room.provider.failures = [new Error('cut off'), new Error('cut off')];
  const id = await insert();
  await room.advance(id);
  expect(await room.store.find(id)).toMatchObject({ status: 'submitting', attempts: 1 });
  expect(await room.store.findDue(10)).toEqual([]);
  await room.advance(id);
  expect(room.provider.orders).toHaveLength(1);
  await advanceAgain(id);
  expect(await room.store.find(id)).toMatchObject({ status: 'submitting', attempts: 2 });
  await advanceAgain(id);
  expect(await room.store.find(id)).toMatchObject({ status: 'completed', attempts: 0 });
  expect(new Set(room.provider.orders.map((order) => order.id))).toEqual(new Set([id]));
  expect(await kindsOf(id)).toEqual(['submitted', 'signed', 'conserved', 'completed']);
  expect(room.lines.join()).not.toContain('cut off');
});

test('a problem that no repeat can solve ends the signing', async () => {
  room.provider.failures = [new Problem('placement-invalid')];
  const id = await insert();
  await room.advance(id);
  expect(await room.store.find(id)).toMatchObject({ status: 'failed', problem: 'placement-invalid', outputs: {} });
  expect(await kindsOf(id)).toEqual(['submitted', 'failed']);
  await advanceAgain(id);
  expect(room.provider.orders).toHaveLength(1);
});

test('after thirty-one tries it is given up', async () => {
  room.provider.failures = Array.from({ length: 40 }, () => new Error('cut off'));
  const id = await insert();
  for (let tried = 0; tried < 35; tried += 1) await advanceAgain(id);
  expect(await room.store.find(id)).toMatchObject({ status: 'failed', problem: 'signing-failed' });
  expect(room.provider.orders).toHaveLength(31);
});

test.each<[Provider['repeats'], string, number]>([
  ['none', 'review', 0],
  ['key', 'completed', 1],
])('stopped while a provider that repeats by %s was asked, a signing goes to %s', async (repeats, status, asked) => {
  room.provider.repeats = repeats;
  const id = await insert();
  const claimed = (await room.store.claim(id, 10_000))!;
  await room.store.save(advanceTo(claimed, 'submitting'), [{ kind: 'submitted', data: {} }], 10_000);
  await advanceAgain(id);
  expect((await room.store.find(id))!.status).toBe(status);
  expect(room.provider.orders).toHaveLength(asked);
  if (status === 'review') expect(await kindsOf(id)).toEqual(['submitted', 'review-needed']);
});

test('once signed, a document stands: conservation is tried until it succeeds', async () => {
  const id = await insert();
  room.conservation.failure = new Problem('signing-failed');
  await room.advance(id);
  for (let tried = 0; tried < 35; tried += 1) await advanceAgain(id);
  const signed = (await room.store.find(id))!;
  expect(signed).toMatchObject({ status: 'signed', attempts: 36 });
  room.conservation.failure = undefined;
  await advanceAgain(id);
  expect(await room.store.find(id)).toMatchObject({
    status: 'completed',
    outputs: { document: signed.outputs.document },
  });
  expect(room.provider.orders).toHaveLength(1);
});

test('a record whose document is lost is not signed', async () => {
  const id = await insert('lost', { digest: digestOf('lost'), name: 'Contrato.pdf' });
  await room.advance(id);
  expect(await room.store.find(id)).toMatchObject({ status: 'submitting', attempts: 1 });
  expect(room.provider.orders).toEqual([]);
});

test('two workers at once ask the provider once', async () => {
  const id = await insert();
  await Promise.all([room.advance(id), room.advance(id), room.advance(id)]);
  expect(room.provider.orders).toHaveLength(1);
  expect((await room.store.find(id))!.status).toBe('completed');
});

test('a start takes up what an earlier one left under its lease, and a stop ends it', async () => {
  const ids = await Promise.all(Array.from({ length: 12 }, (_, at) => insert(`left ${at}`)));
  await room.store.claim(ids[0]!, 600_000);
  const scheduler = createEmbeddedScheduler({ store: room.store, advance: room.advance, pollMs: 20 });
  await scheduler.start();
  const statuses = async () =>
    new Set((await Promise.all(ids.map((id) => room.store.find(id)))).map((found) => found!.status));
  await vi.waitFor(async () => expect(await statuses()).toEqual(new Set(['completed'])), { timeout: 5_000 });
  await scheduler.stop(1_000);
  const late = await insert('late');
  scheduler.wake(late);
  expect(await room.store.find(late)).toMatchObject({ status: 'accepted', epoch: 0 });
  expect(room.provider.orders).toHaveLength(12);
});
