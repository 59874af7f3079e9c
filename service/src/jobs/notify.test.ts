import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Notification, type NotificationType, type SigningView } from '@tu-esign/contract';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLog } from '#telemetry/log.ts';
import { createSend, type Webhook as Target } from '#notification/webhook.ts';
import { createLinks } from '#signing/links.ts';
import { createAgreementViewOf, createViewOf } from '#records/views.ts';
import type { Records } from '#records/records.ts';
import { openSqliteRecords } from '#records/database/sqlite.ts';
import { expectNothingPersonal } from '../../test/problems.ts';
import { answerWith, signedHeaders, startReceiver, type Receiver } from '../../test/receiver.ts';
import { createRecord, createRecordsDeps, insertRecord } from '../../test/records.ts';
import { createFolder, type Folder } from '../../test/tools.ts';
import { createEmbeddedScheduler } from '#scheduling/embedded-scheduler.ts';
import { createNotify } from './notify.ts';
import type { Work } from '#scheduling/scheduler.ts';

const secret = `whsec_${randomBytes(32).toString('base64')}`;
const publicUrl = 'https://sign.example';
const minute = 60_000;

let now = Date.now();
let folder: Folder;
let records: Records;
let receiver: Receiver;
let target: Target | undefined;
let targets: Record<string, Target>;
let lines: string[];
let notify: Work;
/** @param timeoutMs how long a host is waited for; as good as for ever where nothing is said */
const create = (timeoutMs = 60_000): Work => {
  const links = createLinks({
    keys: [{ bytes: randomBytes(32), from: 0 }],
    publicUrl,
    lifetimeSeconds: 900,
    holder: 'host',
    now: () => now,
  });
  const conservation = { issuer: 'tu-esign', accredited: false };
  const views = { store: records.signings, links, conservationOf: () => conservation };
  return createNotify({
    deliveries: records.deliveries,
    store: records.signings,
    webhookOf: (host) => targets[host] ?? target,
    viewOf: createViewOf(views),
    agreementViewOf: createAgreementViewOf(views),
    send: createSend({ now: () => new Date(now), timeoutMs }),
    log: createLog((line) => lines.push(line)),
  });
};

beforeEach(async () => {
  now = Date.now();
  folder = createFolder();
  records = await openSqliteRecords(join(folder.path, 'records.sqlite'), createRecordsDeps());
  receiver = await startReceiver();
  target = { url: receiver.url, secrets: [secret], allowPrivate: true };
  targets = {};
  lines = [];
  notify = create();
});
afterEach(async () => {
  expectNothingPersonal(lines.join('\n'));
  await receiver.stop();
  await records.close();
  folder.remove();
});

/** A signing that nobody works on, whose host is to be told something; the ids of both. */
const insert = async (type: NotificationType = 'signing.completed', identifier = 'one', host = 'bank') => {
  const { signing, observations } = createRecord({ identifier });
  const added = { signing: { ...signing, host }, observations, tell: [type] };
  expect(await insertRecord(records.signings, added)).toBe('inserted');
  const [delivery] = await records.deliveries.list(signing.id);
  return { signingId: signing.id, id: delivery!.id };
};

/** As if the pause between two tries were over. */
const runAgain = async (id: string): Promise<void> => {
  await records.deliveries.makeAllDue();
  await notify.run(id);
};

const find = (id: string) => records.deliveries.find(id);
const idsOf = ({ arrived }: Receiver) => arrived.map(({ headers }) => headers['webhook-id']);

test('a host is told once, of the signing as it is, in the form of the contract, and of nobody', async () => {
  const { id, signingId } = await insert();
  await notify.run(id);
  await notify.run(id);
  expect(await find(id)).toMatchObject({ state: 'delivered', attempts: 0, outcome: '204' });
  expect(await notify.dueInMs(id)).toBeNull();
  expect(receiver.arrived).toHaveLength(1);
  const [arrived] = receiver.arrived;
  const told = Notification.parse(new Webhook(secret).verify(arrived!.body, signedHeaders(arrived!)));
  expect(told).toMatchObject({ type: 'signing.completed', data: { id: signingId, identifier: 'one' } });
  expectNothingPersonal(arrived!.body);
});

test('after a 500 it is tried again later, under the same id, with fresh links, and then left', async () => {
  receiver.answer = answerWith(500, 200);
  const { id } = await insert('conservation-certificate.issued');
  await notify.run(id);
  expect(await find(id)).toMatchObject({ state: 'pending', attempts: 1, outcome: '500' });
  expect(await notify.findDue(10)).toEqual([]);
  await notify.run(id);
  expect(receiver.arrived).toHaveLength(1);
  now += 2 * minute;
  await runAgain(id);
  expect(await find(id)).toMatchObject({ state: 'delivered', outcome: '200' });
  expect(idsOf(receiver)).toEqual([id, id]);
  const [first, second] = receiver.arrived.map(({ body, headers }) => ({
    told: Notification.parse(JSON.parse(body)),
    at: Number(headers['webhook-timestamp']),
  }));
  expect(second!.at - first!.at).toBe(120);
  expect(second!.told.timestamp).toBe(first!.told.timestamp);
  const { evidence } = second!.told.data as SigningView;
  expect(Date.parse(evidence.expiresAt)).toBe(now - (now % 1000) + 15 * minute);
});

test('that it arrived is evidence, that it did not is none', async () => {
  receiver.answer = answerWith(500, 200);
  const { id, signingId } = await insert('conservation-certificate.issued');
  const observed = async () =>
    (await records.signings.listEvidence(signingId)).filter(({ kind }) => kind === 'notified').map(({ data }) => data);
  await notify.run(id);
  expect(await observed()).toEqual([]);
  await runAgain(id);
  expect(await observed()).toEqual([{ notification: id, type: 'conservation-certificate.issued' }]);
});

test('a message whose answer is lost arrives again under the same id', async () => {
  receiver.answer = (response, at) => (at === 0 ? response.destroy() : response.writeHead(204).end());
  const { id } = await insert();
  await notify.run(id);
  expect(await find(id)).toMatchObject({ state: 'pending', outcome: 'ECONNRESET' });
  await runAgain(id);
  expect(await find(id)).toMatchObject({ state: 'delivered' });
  expect(idsOf(receiver)).toEqual([id, id]);
});

test('410 ends it at once', async () => {
  receiver.answer = answerWith(410);
  const { id } = await insert();
  await notify.run(id);
  expect(await find(id)).toMatchObject({ state: 'given-up', outcome: '410' });
  await runAgain(id);
  expect(receiver.arrived).toHaveLength(1);
});

test('a receiver that asks for time gets it', async () => {
  receiver.answer = (response) => response.writeHead(429, { 'retry-after': '3600' }).end();
  const { id } = await insert();
  await notify.run(id);
  expect(await notify.dueInMs(id)).toBeGreaterThan(59 * minute);
});

test('after fourteen tries it is given up and kept, and goes out again on request', async () => {
  receiver.answer = answerWith(503);
  const { id } = await insert();
  for (let tried = 0; tried < 16; tried += 1) await runAgain(id);
  expect(receiver.arrived).toHaveLength(14);
  const kept = (await find(id))!;
  expect(kept).toMatchObject({ state: 'given-up', attempts: 14, outcome: '503' });
  receiver.answer = answerWith(204);
  await records.deliveries.save({ ...kept, state: 'pending', attempts: 0 }, 0);
  await notify.run(id);
  expect(await find(id)).toMatchObject({ state: 'delivered', outcome: '204' });
  expect(new Set(idsOf(receiver))).toEqual(new Set([id]));
});

test('a target inside is tried and refused, not told', async () => {
  target = { ...target!, allowPrivate: false };
  const { id } = await insert();
  await notify.run(id);
  expect(await find(id)).toMatchObject({ state: 'pending', outcome: 'TARGET_REFUSED' });
  expect(receiver.arrived).toEqual([]);
});

test('a host that wants no more of it is told nothing', async () => {
  target = undefined;
  const { id } = await insert();
  await notify.run(id);
  expect(await find(id)).toMatchObject({ state: 'given-up', outcome: 'NO_WEBHOOK' });
  expect(receiver.arrived).toEqual([]);
});

test('of workers at once, one tells', async () => {
  const { id } = await insert();
  await Promise.all([notify.run(id), notify.run(id), notify.run(id)]);
  expect(receiver.arrived).toHaveLength(1);
});

test('a host that does not answer keeps nobody else waiting', async () => {
  let triedBefore = Infinity;
  const other = await startReceiver((response) => {
    triedBefore = lines.length;
    response.writeHead(204).end();
  });
  receiver.answer = () => {};
  const waiting = await Promise.all(Array.from({ length: 12 }, (_, at) => insert('signing.failed', `slow ${at}`)));
  const hasty = create(1_000);
  await hasty.run(waiting[0]!.id);
  targets['shop'] = { ...target!, url: other.url };
  await insert('signing.failed', 'quick', 'shop');
  const scheduler = createEmbeddedScheduler({ concurrency: 4, pollMs: 20 });
  await scheduler.start([hasty]);
  await expect.poll(() => other.arrived.length).toBe(1);
  // Four at a time, it would be told after all those that are slow.
  expect(triedBefore).toBeLessThan(waiting.length - 4);
  await scheduler.stop(2_000);
  await other.stop();
  expect(await records.deliveries.findDue(20)).toEqual([]);
  const states = await Promise.all(waiting.slice(1).map(({ id }) => find(id)));
  // Who had to wait has not used up a try.
  expect(states.filter((state) => state!.attempts === 0).length).toBeGreaterThan(8);
});

test('what was left by a worker that died is told after a start', async () => {
  const told = await Promise.all(Array.from({ length: 9 }, (_, at) => insert('signing.failed', `process ${at}`)));
  await records.deliveries.claim(told[0]!.id, 600_000);
  const scheduler = createEmbeddedScheduler({ pollMs: 20 });
  await scheduler.start([notify]);
  // On a busy machine one may be told twice.
  await expect.poll(() => new Set(idsOf(receiver)).size).toBe(9);
  await scheduler.stop(1_000);
  expect(new Set(idsOf(receiver))).toEqual(new Set(told.map(({ id }) => id)));
});
