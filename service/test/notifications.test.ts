import { randomBytes } from 'node:crypto';
import { Notification } from '@tu-esign/contract';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HostWebhook } from '../src/hosts/webhook.ts';
import { digestOf } from '../src/signing/digest.ts';
import { expectDiscreetLog, expectNothingPersonal } from './problems.ts';
import { answerWith, signedHeaders, startReceiver, type Receiver } from './receiver.ts';
import { follow, postDecline, postSigning } from './requests.ts';
import { agreement, startRunningService, type RunningService } from './running-service.ts';
import { hosts } from './tokens.ts';
import { createFolder, type Folder } from './tools.ts';

const secret = `whsec_${randomBytes(32).toString('base64')}`;

let folder: Folder;
let receiver: Receiver;
let service: RunningService;
beforeEach(async () => {
  folder = createFolder();
  receiver = await startReceiver();
  service = await start();
});
afterEach(async () => {
  await receiver.stop();
  await service.remove();
});

/** The bank's webhook is the receiver; the shop has none. */
const start = (changes: object = {}) => {
  const webhook = HostWebhook.parse({ url: receiver.url, secrets: [secret], allowPrivate: true, ...changes });
  const [bank, shop] = hosts;
  return startRunningService({ hosts: [{ ...bank!, webhook }, shop!] }, folder);
};

/** All that arrived and verifies, in the contract's form. */
const told = (): Notification[] =>
  receiver.arrived.map((arrived) => {
    expectNothingPersonal(arrived.body);
    return Notification.parse(new Webhook(secret).verify(arrived.body, signedHeaders(arrived)));
  });

const sign = async (identifier: string) => {
  const token = await service.tokens.signing(identifier, await service.upload(agreement));
  const { id } = (await (await postSigning(service, token)).json()) as { id: string };
  return (await follow(service, id, token)).at(-1)!;
};

test('a host is told that it was signed, conserved and completed, with links that open the files', async () => {
  const signed = await sign('whole');
  await expect.poll(() => receiver.arrived.length).toBe(5);
  const types = [
    'signing.signed',
    'key-certificate.issued',
    'conservation-certificate.issued',
    'signing.completed',
    'agreement.completed',
  ] as const;
  expect(new Set(told().map(({ type }) => type))).toEqual(new Set(types));
  const { data } = told().find(({ type }) => type === 'signing.completed')!;
  expect(data).toMatchObject({ id: signed.id, identifier: 'whole', status: 'completed' });
  expect(data.outputs!.document.level).toBe('B-LTA');
  const whole = told().find(({ type }) => type === 'agreement.completed')!.data;
  expect(whole).toMatchObject({ identifier: 'whole', sequence: { state: 'completed' }, signings: [{ id: signed.id }] });
  const pdf = await (await fetch(data.outputs!.document.link!.href)).bytes();
  expect(digestOf(pdf)).toBe(signed.outputs.document.digest);
  expectDiscreetLog(service);
});

test('a host is told that the signatory declined, once', async () => {
  const digest = await service.upload(agreement);
  for (const _ of [1, 2]) await postDecline(service, await service.tokens.signing('declined', digest), 'Too expensive');
  await expect.poll(() => receiver.arrived.length).toBe(2);
  expect(told().sort((one, other) => other.type.localeCompare(one.type))).toMatchObject([
    { type: 'signing.declined', data: { status: 'declined', declineReason: 'Too expensive' } },
    { type: 'agreement.ended', data: { reason: 'declined', sequence: { position: 1, of: 1, state: 'ended' } } },
  ]);
});

test('a host is told what it asked for alone', async () => {
  await service.stop();
  service = await start({ events: ['signing.completed'] });
  await sign('some');
  await expect.poll(() => receiver.arrived.length).toBe(1);
  await service.stop();
  expect(told().map(({ type }) => type)).toEqual(['signing.completed']);
});

test('a host that was away is told after the service was away too, under the same ids', async () => {
  // Some may come more than once before the stop.
  const ids = () => new Set(receiver.arrived.map(({ headers }) => headers['webhook-id']));
  receiver.answer = answerWith(503);
  await sign('away');
  await expect.poll(() => ids().size).toBe(5);
  await service.stop();
  receiver.answer = answerWith(204);
  const before = ids();
  receiver.arrived.splice(0);
  service = await start();
  await expect.poll(() => receiver.arrived.length).toBe(5);
  expect(ids()).toEqual(before);
  // What happened then is told then, beside how things stand by now; the id is also in what was signed.
  const late = told().find(({ type }) => type === 'signing.signed')!;
  expect(late).toMatchObject({ version: 1, state: { status: 'signed' }, data: { status: 'completed' } });
  expect(late.state.sequence).toEqual({ position: 1, of: 1, state: 'signed' });
  expect(before).toContain(late.id);
});
