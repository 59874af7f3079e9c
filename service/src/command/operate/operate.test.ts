import { afterAll, beforeAll, expect, test } from 'vitest';
import { OperatorSignings, type Notification, type OperatorDeliveries } from '@tu-esign/contract';
import { operate, startCommand } from '../../../test/operate.ts';
import { expectDiscreetLog, expectNothingPersonal } from '../../../test/problems.ts';
import { answerWith, startReceiver, type Receiver } from '../../../test/receiver.ts';
import { startReviews, type Reviews } from '../../../test/reviews.ts';

let receiver: Receiver;
let reviews: Reviews;
beforeAll(async () => {
  receiver = await startReceiver();
  reviews = await startReviews(receiver.url);
});
afterAll(async () => {
  expectDiscreetLog(reviews.service);
  await reviews.remove();
  await receiver.stop();
});

/** What the host was told of a signing, by type. */
const toldOf = (id: string): string[] =>
  receiver.arrived
    .map(({ body }) => JSON.parse(body) as Notification)
    .filter(({ type }) => !type.startsWith('agreement.'))
    .filter(({ data }) => 'id' in data && data.id === id)
    .map(({ type }) => type)
    .sort();

test('an operator sees what waits, and settles it as signed', async () => {
  const { id, token } = await reviews.sign('CREDITO-7');
  const listed = await reviews.operate('review');
  expect(listed.exitCode).toBe(0);
  expect(listed.stdout).toMatch(new RegExp(`^${id} +bank +CREDITO-7 +review +\\d+ s$`, 'm'));
  expectNothingPersonal(listed.stdout);
  const json = JSON.parse((await reviews.operate('review', '--json')).stdout) as unknown;
  expect(OperatorSignings.parse(json).signings).toMatchObject([{ id }]);

  const { document, keyCertificate } = reviews.lost.signed.at(-1)!;
  const pdf = reviews.service.folder.write('found.pdf', document);
  const pem = reviews.service.folder.write('found.pem', keyCertificate);
  const settled = await reviews.operate('resolve', id, '--signed', pdf, '--certificate', pem);
  expect(settled).toMatchObject({ exitCode: 0, stdout: `${id} is signed now\n`, stderr: '' });
  await reviews.becomes(id, token, 'completed');
  await expect
    .poll(() => toldOf(id))
    .toEqual([
      'conservation-certificate.issued',
      'key-certificate.issued',
      'signing.completed',
      'signing.review',
      'signing.signed',
    ]);
  expect((await reviews.operate('review')).stdout).not.toContain(id);

  const again = await reviews.operate('resolve', id, '--failed');
  expect(again).toMatchObject({ exitCode: 1, stderr: 'The signing is not in review\n' });
});

test('an operator settles it as not signed, and as failed', async () => {
  const { id, token } = await reviews.sign('CREDITO-8');
  const calls = reviews.lost.signed.length;
  expect(await reviews.operate('resolve', id, '--not-signed')).toMatchObject({ stdout: `${id} is accepted now\n` });
  await expect.poll(() => reviews.lost.signed.length).toBe(calls + 1);
  await reviews.becomes(id, token, 'review');
  expect(await reviews.operate('resolve', id, '--failed')).toMatchObject({ stdout: `${id} is failed now\n` });
  await expect.poll(() => toldOf(id)).toEqual(['signing.failed', 'signing.review', 'signing.review']);
});

test('what is not believed is told', async () => {
  const { id } = await reviews.sign('CREDITO-9');
  const wrong = reviews.service.folder.write('wrong.pdf', '%PDF-1.7');
  const refused = await reviews.operate('resolve', id, '--signed', wrong, '--certificate', wrong);
  expect(refused.exitCode).toBe(1);
  expect(refused.stderr).toBe('The document does not hold a signature that verifies: The certificate cannot be read\n');
});

test('what was given up is listed, and sent again under its id', async () => {
  const { id } = await reviews.sign('CREDITO-10');
  await expect.poll(() => toldOf(id)).toEqual(['signing.review']);
  receiver.answer = answerWith(410);
  await reviews.operate('resolve', id, '--failed');
  const listGivenUp = async () =>
    JSON.parse((await reviews.operate('deliveries', '--json')).stdout) as OperatorDeliveries;
  // The agreement has ended with it, which is told by itself.
  const lost = { signing: id, state: 'given-up', outcome: '410' };
  const both = ['agreement.ended', 'signing.failed'].map((type) => expect.objectContaining({ ...lost, type }));
  const given = async () => (await listGivenUp()).deliveries.toSorted((a, b) => a.type.localeCompare(b.type));
  await expect.poll(given).toEqual(both);
  const { deliveries } = await listGivenUp();
  receiver.answer = answerWith(204);
  const sent = await reviews.operate('resend', id);
  expect(sent.stdout).toMatch(new RegExp(`^${id} +bank +signing\\.failed +pending +0 +410 +\\d+ s$`, 'm'));
  // All that was ever told of it is told again.
  const twice = ['signing.failed', 'signing.failed', 'signing.review', 'signing.review'];
  await expect.poll(() => toldOf(id)).toEqual(twice);
  const ids = receiver.arrived.map(({ headers }) => headers['webhook-id']);
  expect(ids.filter((other) => other === deliveries[0]!.id)).toHaveLength(2);
  expect(await listGivenUp()).toEqual({ deliveries: [], hasMore: false });
  expect((await reviews.operate('deliveries', '--state', 'delivered')).stdout).toContain(id);
});

test('a wrong command, key or address is told', async () => {
  const usage = [
    ['resolve'],
    ['resolve', 'id'],
    ['resolve', 'id', '--failed', '--not-signed'],
    ['resolve', 'id', '--signed', 'x'],
    ['resend'],
    ['review', '--status', 'lost'],
    ['deliveries', '--state', 'lost'],
  ];
  const unasked = await startCommand([], { TU_ESIGN_OPERATOR_KEY: 'key' });
  expect(unasked).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining('Usage: tu-esign') });
  const told = await Promise.all(usage.map((parameters) => reviews.operate(...parameters)));
  expect(told.map(({ exitCode }) => exitCode)).toEqual(usage.map(() => 2));
  const unknown = await reviews.operate('resend', '../signings');
  expect(unknown).toMatchObject({ exitCode: 1, stderr: 'There is no such signing\n' });
  const url = reviews.service.operatorUrl!;
  const wrongKey = await operate(['review', '--service', url], {
    TU_ESIGN_OPERATOR_KEY: 'another key, not the right one',
  });
  expect(wrongKey).toMatchObject({ exitCode: 1, stderr: "The key is not the operator's\n" });
  expect((await operate(['review', '--service', url])).stderr).toContain('TU_ESIGN_OPERATOR_KEY');
  const away = { TU_ESIGN_OPERATOR_KEY: 'key', TU_ESIGN_OPERATOR_ADDRESS: '127.0.0.1:9' };
  expect((await operate(['review'], away)).stderr).toBe('The service does not answer at http://127.0.0.1:9\n');
});
