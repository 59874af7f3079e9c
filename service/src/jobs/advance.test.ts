import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Problem } from '#problem.ts';
import { NotSigned, type Provider } from '#providers/provider.ts';
import { digestOf } from '#signing/digest.ts';
import { advanceTo, documentKey, outputKey } from '#signing/signing.ts';
import { createRecord, insertRecord } from '../../test/records.ts';
import { startTroubledJobs } from '../../test/troubled-neighbours.ts';
import { patienceMs } from '../../test/until.ts';
import { createEmbeddedScheduler } from '#scheduling/embedded-scheduler.ts';

const pdf = Buffer.from('agreement');

let room: Awaited<ReturnType<typeof startTroubledJobs>>;
beforeEach(async () => {
  room = await startTroubledJobs();
  await room.files.write(documentKey('bank', digestOf(pdf)), pdf);
});
afterEach(() => room.stop());

const insert = async (identifier = 'one', document = { digest: digestOf(pdf), name: 'Contrato.pdf' }) => {
  const record = createRecord({ identifier, document });
  await insertRecord(room.store, record);
  return record.signing.id;
};

/** As if the pauses between two tries were over. */
const advanceAgain = async (id: string): Promise<void> => {
  await room.store.makeAllDue();
  await room.advance.run(id);
};

const kindsOf = async (id: string): Promise<string[]> =>
  (await room.store.listEvidence(id)).slice(3).map(({ kind }) => kind);

/** Document and key certificate are looked at before they are believed. */
const signedKinds = ['submitted', 'verified', 'verified', 'signed'];

test('a signing goes all its way at once, and tells of every step', async () => {
  const id = await insert();
  const told: number[] = [];
  room.changes.listen(id, () => told.push(1));
  await room.advance.run(id);
  const signing = (await room.store.find(id))!;
  expect(signing.status).toBe('completed');
  expect(await kindsOf(id)).toEqual([...signedKinds, 'verified', 'conserved', 'completed']);
  expect(new Set((await room.deliveries.list(id)).map(({ type }) => type))).toEqual(
    new Set([
      'signing.signed',
      'key-certificate.issued',
      'conservation-certificate.issued',
      'signing.completed',
      'agreement.completed',
    ]),
  );
  expect(told).toHaveLength(4);
  const { digest, bytes } = signing.outputs.document!;
  expect(Buffer.from((await room.files.read(outputKey(id, digest)))!).toString()).toBe('agreement signed');
  expect(bytes).toBe('agreement signed'.length);
  expect(room.provider.orders).toMatchObject([{ id, identifier: 'one', document: pdf, locale: 'es-MX' }]);
});

test('what fails is tried again later, not at once, until it succeeds', async () => {
  room.provider.failures = [new Error('cut off'), new Error('cut off')];
  const id = await insert();
  await room.advance.run(id);
  expect(await room.store.find(id)).toMatchObject({ status: 'submitting', attempts: 1 });
  expect(await room.store.findDue(10)).toEqual([]);
  await room.advance.run(id);
  expect(room.provider.orders).toHaveLength(1);
  await advanceAgain(id);
  expect(await room.store.find(id)).toMatchObject({ status: 'submitting', attempts: 2 });
  await advanceAgain(id);
  expect(await room.store.find(id)).toMatchObject({ status: 'completed', attempts: 0 });
  expect(new Set(room.provider.orders.map((order) => order.id))).toEqual(new Set([id]));
  expect(await kindsOf(id)).toEqual([...signedKinds, 'verified', 'conserved', 'completed']);
  expect(room.lines.join()).not.toContain('cut off');
});

test('a problem that no repeat can solve ends the signing', async () => {
  room.provider.failures = [new Problem('placement-invalid')];
  const id = await insert();
  await room.advance.run(id);
  expect(await room.store.find(id)).toMatchObject({ status: 'failed', problem: 'placement-invalid', outputs: {} });
  expect(await kindsOf(id)).toEqual(['submitted', 'failed']);
  await advanceAgain(id);
  expect(room.provider.orders).toHaveLength(1);
});

const tryOften = async (id: string): Promise<void> => {
  for (let tried = 0; tried < 35; tried += 1) await advanceAgain(id);
};

test('what was surely not signed in thirty-one tries fails, and the host is told', async () => {
  room.provider.failures = Array.from({ length: 40 }, () => new NotSigned(new Error('no line')));
  const id = await insert();
  await tryOften(id);
  expect(await room.store.find(id)).toMatchObject({ status: 'failed', problem: 'signing-failed' });
  expect(room.provider.orders).toHaveLength(31);
  const told = (await room.deliveries.list(id)).sort((one, other) => one.type.localeCompare(other.type));
  expect(told).toMatchObject([
    { host: 'bank', type: 'agreement.ended', state: 'pending' },
    { host: 'bank', type: 'signing.failed', state: 'pending' },
  ]);
});

test('what may have been signed in thirty-one tries is left to a person', async () => {
  room.provider.failures = Array.from({ length: 40 }, () => new Error('cut off'));
  const id = await insert();
  await tryOften(id);
  expect((await room.store.find(id))!.status).toBe('review');
  expect(room.provider.orders).toHaveLength(31);
});

test('a repeat that was surely not carried out leaves unknown what the first call did', async () => {
  room.provider.failures = [new Error('cut off'), ...Array.from({ length: 40 }, () => new NotSigned(new Error('429')))];
  const id = await insert();
  await room.advance.run(id);
  await advanceAgain(id);
  expect(await room.store.find(id)).toMatchObject({ status: 'submitting', attempts: 2 });
  await tryOften(id);
  expect((await room.store.find(id))!.status).toBe('review');
  expect(await kindsOf(id)).toEqual(['submitted', 'review-needed']);
});

test('a provider that refuses to tell what it signed has not refused to sign', async () => {
  room.provider.repeats = 'lookup';
  room.provider.failures = [new Error('cut off')];
  room.provider.questionFailures = [new Problem('signing-failed'), new NotSigned(new Error('429'))];
  const id = await insert();
  await room.advance.run(id);
  room.provider.found = room.provider.answer(room.provider.orders[0]!);
  for (const attempts of [2, 3]) {
    await advanceAgain(id);
    expect(await room.store.find(id)).toMatchObject({ status: 'submitting', attempts });
  }
  await advanceAgain(id);
  expect((await room.store.find(id))!.status).toBe('completed');
  expect(room.provider.orders).toHaveLength(1);
});

test('what surely was not signed goes back, and is sent again as a new intention', async () => {
  room.provider.repeats = 'none';
  room.provider.failures = [new NotSigned(new Error('no line'))];
  const id = await insert();
  await room.advance.run(id);
  expect(await room.store.find(id)).toMatchObject({ status: 'accepted', attempts: 1 });
  await advanceAgain(id);
  expect((await room.store.find(id))!.status).toBe('completed');
  expect((await kindsOf(id)).slice(0, 4)).toEqual(['submitted', 'not-signed', 'submitted', 'verified']);
});

test('a provider that wants to be left alone for a while is', async () => {
  room.provider.failures = [new NotSigned(new Error('429'), 90_000)];
  const id = await insert();
  await room.advance.run(id);
  expect(await room.store.dueInMs(id)).toBeGreaterThan(80_000);
});

test('a lost answer of a provider that cannot be asked goes to review at once', async () => {
  room.provider.repeats = 'none';
  room.provider.failures = [new Error('cut off')];
  const id = await insert();
  await room.advance.run(id);
  expect((await room.store.find(id))!.status).toBe('review');
  await tryOften(id);
  expect((await room.store.find(id))!.status).toBe('review');
  expect(room.provider.orders).toHaveLength(1);
});

test('what failed together is not tried again together', async () => {
  const ids = await Promise.all(Array.from({ length: 12 }, (_, at) => insert(`together ${at}`)));
  room.provider.failures = ids.map(() => new Error('cut off'));
  const pauses: number[] = [];
  for (const id of ids) {
    await room.advance.run(id);
    pauses.push((await room.store.dueInMs(id))!);
  }
  // From a second to two, by chance: not in the order in which they failed, and not all in one half.
  expect(pauses).not.toEqual(pauses.toSorted((one, other) => other - one));
  expect(Math.max(...pauses) - Math.min(...pauses)).toBeGreaterThan(100);
});

test('the only copy of what was signed is kept once storage is back', async () => {
  room.provider.repeats = 'none';
  const write = room.files.write.bind(room.files);
  let failing = 1;
  room.files.write = (key, content) =>
    failing-- > 0 ? Promise.reject(new Problem('storage-unavailable')) : write(key, content);
  const id = await insert();
  await room.advance.run(id);
  expect((await room.store.find(id))!.status).toBe('completed');
  expect(room.provider.orders).toHaveLength(1);
});

test('a provider that can be asked tells what it signed, and is not sent the order again', async () => {
  room.provider.repeats = 'lookup';
  room.provider.failures = [new Error('cut off')];
  const id = await insert();
  await room.advance.run(id);
  room.provider.found = room.provider.answer(room.provider.orders[0]!);
  await advanceAgain(id);
  expect((await room.store.find(id))!.status).toBe('completed');
  expect(room.provider.orders).toHaveLength(1);
  expect(room.provider.questions).toHaveLength(1);
});

test('what a provider does not know is asked once more after a while, and only then sent again', async () => {
  room.provider.repeats = 'lookup';
  room.provider.failures = [new Error('cut off')];
  const id = await insert();
  await room.advance.run(id);
  await advanceAgain(id);
  expect(await room.store.find(id)).toMatchObject({ status: 'submitting', lookups: 1 });
  expect(await room.store.dueInMs(id)).toBeGreaterThan(room.provider.quarantineMs / 2);
  expect(room.provider.orders).toHaveLength(1);
  await advanceAgain(id);
  expect(await room.store.find(id)).toMatchObject({ status: 'completed', lookups: 0 });
  expect(room.provider.orders).toHaveLength(2);
  expect(room.provider.questions).toHaveLength(2);
});

test('a stop hands back what it can: others may take it at once', async () => {
  const id = await insert();
  room.stopping.abort();
  await room.advance.run(id);
  expect(await room.store.find(id)).toMatchObject({ status: 'accepted' });
  expect(await room.store.findDue(1)).toEqual([id]);
});

test('a stop does not come between intention and call', async () => {
  const id = await insert();
  room.changes.listen(id, () => room.stopping.abort());
  await room.advance.run(id);
  expect((await room.store.find(id))!.status).toBe('signed');
  expect(await room.store.findDue(1)).toEqual([id]);
});

test.each<[Provider['repeats'], string, number]>([
  ['none', 'review', 0],
  ['key', 'completed', 1],
])('stopped while a provider that repeats by %s was asked, a signing goes to %s', async (repeats, status, asked) => {
  room.provider.repeats = repeats;
  const id = await insert();
  const claimed = (await room.store.claim(id, 10_000))!;
  await room.store.save(advanceTo(claimed, 'submitting'), {
    observations: [{ kind: 'submitted', data: {} }],
    dueInMs: 10_000,
  });
  await advanceAgain(id);
  expect((await room.store.find(id))!.status).toBe(status);
  expect(room.provider.orders).toHaveLength(asked);
  if (status === 'review') expect(await kindsOf(id)).toEqual(['submitted', 'review-needed']);
});

test('once signed, a document stands: conservation is tried until it succeeds', async () => {
  const id = await insert();
  room.conservation.failure = new Error('cut off');
  await room.advance.run(id);
  for (let tried = 0; tried < 35; tried += 1) await advanceAgain(id);
  const signed = (await room.store.find(id))!;
  expect(signed).toMatchObject({ status: 'signed', standings: { conservationCertificate: { asked: 36 } } });
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
  await room.advance.run(id);
  expect(await room.store.find(id)).toMatchObject({ status: 'accepted', attempts: 1 });
  expect(room.provider.orders).toEqual([]);
});

test('two workers at once ask the provider once', async () => {
  const id = await insert();
  await Promise.all([room.advance.run(id), room.advance.run(id), room.advance.run(id)]);
  expect(room.provider.orders).toHaveLength(1);
  expect((await room.store.find(id))!.status).toBe('completed');
});

test('a start takes up what an earlier one left under its lease, and a stop ends it', async () => {
  const ids = await Promise.all(Array.from({ length: 12 }, (_, at) => insert(`left ${at}`)));
  await room.store.claim(ids[0]!, 600_000);
  const scheduler = createEmbeddedScheduler({ pollMs: 20 });
  await scheduler.start([room.advance]);
  const statuses = async () =>
    new Set((await Promise.all(ids.map((id) => room.store.find(id)))).map((found) => found!.status));
  await vi.waitFor(async () => expect(await statuses()).toEqual(new Set(['completed'])), { timeout: patienceMs });
  await scheduler.stop(1_000);
  const late = await insert('late');
  scheduler.wake('advance', late);
  expect(await room.store.find(late)).toMatchObject({ status: 'accepted', epoch: 0 });
  expect(room.provider.orders).toHaveLength(12);
});

test('a document that was stamped in what is the future here is believed: the clock that is wrong may be this one', async () => {
  room.verification.stampedAt = Date.now() + 3_600_000;
  const id = await insert();
  await room.advance.run(id);
  expect((await room.store.find(id))!.status).toBe('completed');
  const verified = (await room.store.listEvidence(id)).find(({ kind }) => kind === 'verified');
  expect(verified!.data).toMatchObject({ artefact: 'document', clock: 'behind' });
  room.verification.stampedAt = Date.now() + 48 * 3_600_000;
  const other = await insert('other');
  await room.advance.run(other);
  expect((await room.store.find(other))!.status).toBe('review');
});
