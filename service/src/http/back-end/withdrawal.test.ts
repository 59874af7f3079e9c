import { randomBytes } from 'node:crypto';
import { AgreementView, Evidence, Notification, type SigningView } from '@tu-esign/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HostWebhook } from '#hosts/webhook.ts';
import { ask, askAsShop, expectWrongTokensRefused } from '../../../test/ask.ts';
import { awayProvider } from '../../../test/away-provider.ts';
import { expectDiscreetLog, expectProblem } from '../../../test/problems.ts';
import { startReceiver, type Receiver } from '../../../test/receiver.ts';
import { follow, postDecline, postSigning, postUnseen, read, show } from '../../../test/requests.ts';
import { agreement, startRunningService, type RunningService } from '../../../test/running-service.ts';
import { hosts } from '../../../test/tokens.ts';
import { startWaitingProvider } from '../../../test/waiting-provider.ts';

let receiver: Receiver;
let service: RunningService;
let digest: string;
beforeAll(async () => {
  receiver = await startReceiver();
  const secrets = [`whsec_${randomBytes(32).toString('base64')}`];
  const webhook = HostWebhook.parse({ url: receiver.url, secrets, allowPrivate: true });
  service = await startRunningService({ hosts: [{ ...hosts[0]!, webhook }, hosts[1]!] });
  digest = await service.upload(agreement);
});
afterAll(async () => {
  expectDiscreetLog(service);
  await service.remove();
  await receiver.stop();
});

const withdraw = (identifier: string, body: unknown = { reason: 'Contrato equivocado' }) =>
  ask(service, `/v1/agreements/${encodeURIComponent(identifier)}/withdraw`, { body });

const mint = (identifier: string, position = 1, of = 1) =>
  service.tokens.signing(identifier, digest, { claims: { sequence: { position, of } } });

/** What the host was told of an identifier, by type. */
const told = (identifier: string): Notification[] =>
  receiver.arrived
    .map(({ body }) => Notification.parse(JSON.parse(body)))
    .filter(({ data }) => data.identifier === identifier);

test('what is withdrawn before anybody has come is signed by nobody, and the host is told', async () => {
  const token = await mint('early');
  await show(service, token);
  const response = await withdraw('early');
  expect(response.status).toBe(200);
  expect(AgreementView.parse(await response.json())).toMatchObject({
    reason: 'withdrawn',
    withdrawal: { reason: 'Contrato equivocado' },
    sequence: { state: 'ended' },
    signings: [],
  });
  const refusal = await read(service, '/v1/signing-request', token);
  // Who can help is told to a page that knows nothing else of the request.
  expect(await refusal.clone().json()).toHaveProperty('host', { name: hosts[0]!.name });
  await expectProblem(refusal, 'request-withdrawn');
  await expectProblem(await read(service, `/v1/documents/${digest}`, token), 'request-withdrawn');
  await expectProblem(await postUnseen(service, token), 'request-withdrawn');
  await expectProblem(await postDecline(service, token, 'no'), 'request-withdrawn');
  await expect.poll(() => told('early').length).toBe(1);
  expect(told('early')).toMatchObject([{ type: 'agreement.ended', data: { reason: 'withdrawn', signings: [] } }]);
  const asked = await ask(service, '/v1/signings?identifier=early');
  expect(await asked.json()).toMatchObject({ signings: [], agreement: { reason: 'withdrawn' } });
});

test('to withdraw again is the same answer, and nothing is told twice', async () => {
  const [first, second] = [await withdraw('twice', {}), await withdraw('twice', { reason: 'another' })];
  expect([first.status, second.status]).toEqual([200, 200]);
  expect(await second.json()).toEqual(await first.json());
  await expect.poll(() => told('twice').length).toBe(1);
  const bare = await ask(service, '/v1/agreements/never/withdraw', { method: 'POST' });
  expect(bare.status).toBe(200);
});

test('what somebody has signed, declined or is signing is not withdrawn', async () => {
  const token = await mint('signed');
  const { id } = (await (await postSigning(service, token)).json()) as SigningView;
  await follow(service, id, token);
  await expectProblem(await withdraw('signed'), 'not-withdrawable');
  await postDecline(service, await mint('declined'), 'no');
  await expectProblem(await withdraw('declined'), 'not-withdrawable');
});

test('where one of two has signed, the other is spared, and links that the first was given end', async () => {
  const token = await mint('of two', 1, 2);
  const { id } = (await (await postSigning(service, token)).json()) as SigningView;
  const signed = (await follow(service, id, token)).at(-1)!;
  const link = signed.outputs.document.link!.href;
  expect((await fetch(link)).status).toBe(200);
  const view = AgreementView.parse(await (await withdraw('of two')).json());
  expect(view).toMatchObject({ sequence: { position: 2, of: 2, state: 'ended' }, signings: [{ status: 'completed' }] });
  await expectProblem(await fetch(link), 'request-withdrawn');
  // The host has links of its own.
  expect((await fetch(view.signings[0]!.outputs.document.link!.href)).status).toBe(200);
  for (const position of [1, 2])
    await expectProblem(
      await read(service, '/v1/signing-request', await mint('of two', position, 2)),
      'request-withdrawn',
    );
});

test('an identifier is a name within its host', async () => {
  await askAsShop(service, '/v1/agreements/shared/withdraw', { body: {} });
  expect((await read(service, '/v1/signing-request', await mint('shared'))).status).toBe(200);
});

test.each([{ reason: 'x'.repeat(501) }, { reason: 1 }, { why: 'no' }, 'no'])(
  'a body like %j is refused',
  async (body) => {
    await expectProblem(await withdraw('malformed', body), 'body-malformed');
  },
);

test('no other token withdraws', async () => {
  await expectWrongTokensRefused(service, '/v1/agreements/guarded/withdraw', { body: {} }, digest);
  expect((await read(service, '/v1/signing-request', await mint('guarded'))).status).toBe(200);
});

test('of a withdrawal and a post at once one wins, and the other is told so', async () => {
  for (let round = 0; round < 10; round += 1) {
    const identifier = `at once ${round}`;
    const token = await mint(identifier);
    await show(service, token);
    const [withdrawn, posted] = await Promise.all([withdraw(identifier, {}), postUnseen(service, token)]);
    const view = AgreementView.parse(
      await (await ask(service, `/v1/agreements/${encodeURIComponent(identifier)}`)).json(),
    );
    if (withdrawn.status === 200)
      expect(view.signings.map(({ status }) => status).filter((one) => one !== 'withdrawn')).toEqual([]);
    else expect([posted.status, view.reason]).toEqual([202, undefined]);
  }
});

test('what a provider has been sent is not withdrawn: it may be signed', async () => {
  const waiting = await startWaitingProvider();
  const apart = await startRunningService({ hosts: waiting.hosts }, undefined, { providers: [waiting.provider] });
  const token = await apart.tokens.signing('sent', await apart.upload(agreement));
  const { id } = (await (await postSigning(apart, token)).json()) as SigningView;
  const statusOf = async () => ((await (await read(apart, `/v1/signings/${id}`, token)).json()) as SigningView).status;
  await expect.poll(statusOf).toBe('submitting');
  await expectProblem(await ask(apart, '/v1/agreements/sent/withdraw', { body: {} }), 'not-withdrawable');
  waiting.answer();
  await expect.poll(statusOf).toBe('completed');
  await apart.remove();
  waiting.stop();
});

test('what is not signed yet is withdrawn under the eyes of its signatory, and evidence says so', async () => {
  const away = hosts.map((host) => Object.assign({}, host, { provider: 'away' }));
  const apart = await startRunningService({ hosts: away }, undefined, { providers: [awayProvider] });
  const token = await apart.tokens.signing('away', await apart.upload(agreement));
  const { id, evidence } = (await (await postSigning(apart, token)).json()) as SigningView;
  const following = follow(apart, id, token);
  const withdrawn = async () => (await ask(apart, '/v1/agreements/away/withdraw', { body: { reason: 'no' } })).status;
  await expect.poll(withdrawn).toBe(200);
  expect((await following).at(-1)).toMatchObject({ status: 'withdrawn', sequence: { state: 'ended' } });
  await expectProblem(await fetch(evidence.href), 'request-withdrawn');
  const view = (await (await ask(apart, `/v1/signings/${id}`)).json()) as SigningView;
  const { entries } = Evidence.parse(await (await fetch(view.evidence.href)).json());
  expect(entries.filter(({ kind }) => kind === 'withdrawn')).toMatchObject([{ data: { by: 'host', reason: 'no' } }]);
  await expectProblem(await postUnseen(apart, token), 'request-withdrawn');
  await apart.remove();
});
