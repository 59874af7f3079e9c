import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Evidence, SigningRequestView, type Notification, type SigningView } from '@tu-esign/contract';
import { HostWebhook } from '#hosts/webhook.ts';
import { digestOf } from '#signing/digest.ts';
import { expectProblem } from './problems.ts';
import { startReceiver, type Receiver } from './receiver.ts';
import { follow, postSigning, readRequest } from './requests.ts';
import { agreement, startRunningService, type RunningService } from './running-service.ts';
import { consentTo, createForm } from './signing-form.ts';
import { bank, hosts } from './tokens.ts';
import { until } from './until.ts';

let receiver: Receiver;
let service: RunningService;
let digest: string;
beforeAll(async () => {
  receiver = await startReceiver();
  const secrets = [`whsec_${randomBytes(32).toString('base64')}`];
  const webhook = HostWebhook.parse({ url: receiver.url, secrets, allowPrivate: true });
  const contact = { email: 'ayuda@bank.example', telephone: '+52 55 0000 0000' };
  service = await startRunningService({ hosts: [{ ...hosts[0]!, webhook, contact }, hosts[1]!] });
  digest = await service.upload(agreement);
});
afterAll(async () => {
  await service.remove();
  await receiver.stop();
});

const bureau = { id: 'bureau', text: 'Autorizo la consulta de mi historial crediticio.', required: true };
const news = {
  id: 'news',
  text: 'Quiero recibir promociones.',
  required: false,
  url: 'https://bank.example/privacidad',
};
const claims = { consents: [bureau, news] };

interface Answer {
  id: string;
  digest: string;
  accepted: boolean;
}
const answer = ({ id, text }: { id: string; text: string }, accepted: boolean): Answer => ({
  id,
  digest: digestOf(text),
  accepted,
});

const post = async (identifier: string, consents: Answer[] | undefined): Promise<Response> => {
  const token = await service.tokens.signing(identifier, digest, { claims });
  return postSigning(service, token, createForm({ consent: JSON.stringify({ ...consentTo(bank.name), consents }) }));
};

test('each is shown with the digest of its words, and so is how the host is reached', async () => {
  const token = await service.tokens.signing('shown', digest, { claims });
  const view = SigningRequestView.parse(await readRequest(service, token));
  expect(view.hostConsents).toEqual([
    { ...bureau, digest: digestOf(bureau.text) },
    { ...news, digest: digestOf(news.text) },
  ]);
  expect(view.host).toEqual({
    name: 'Banco de Ejemplo',
    contact: { email: 'ayuda@bank.example', telephone: '+52 55 0000 0000' },
  });
});

test.each([
  ['nothing is answered', 'consents-missing', undefined],
  ['one is not answered', 'consents-missing', [answer(bureau, true)]],
  ['a required one is not given', 'consents-missing', [answer(bureau, false), answer(news, true)]],
  ['the words are others', 'consent-unknown', [answer(bureau, true), answer({ ...news, text: 'Otra cosa' }, true)]],
  [
    'nobody asked for it',
    'consent-unknown',
    [answer(bureau, true), answer(news, true), answer({ id: 'x', text: 'x' }, true)],
  ],
  ['one is answered twice', 'consent-unknown', [answer(bureau, true), answer(bureau, true), answer(news, true)]],
] as const)('where %s, it is refused as %s', async (what, problem, answers) => {
  await expectProblem(await post(`refused: ${what}`, answers && [...answers]), problem);
});

test('what was ticked and what was not is told in the signing, its events, the webhook and the evidence', async () => {
  const token = await service.tokens.signing('answered', digest, { claims });
  const response = await post('answered', [answer(bureau, true), answer(news, false)]);
  expect(response.status).toBe(202);
  const expected = [
    { ...bureau, digest: digestOf(bureau.text), accepted: true },
    { ...news, digest: digestOf(news.text), accepted: false },
  ];
  const posted = (await response.json()) as SigningView;
  expect(posted.consents).toEqual(expected);
  const views = await follow(service, posted.id, token);
  expect(views.at(-1)!.consents).toEqual(expected);
  const told = await until('the webhook of its end', () =>
    receiver.arrived
      .map(({ body }) => JSON.parse(body) as Notification)
      .find(({ type, data }) => type === 'signing.completed' && data.identifier === 'answered'),
  );
  expect((told.data as SigningView).consents).toEqual(expected);
  const { entries } = Evidence.parse(await (await fetch(views.at(-1)!.evidence.href)).json());
  const { data } = entries.find(({ kind }) => kind === 'host-consents-answered')!;
  expect(data).toEqual({ consents: expected });
});

test.each([
  ['two of one id', [bureau, bureau]],
  ['an address that is not https', [{ ...news, url: 'http://bank.example/' }]],
  ['more than ten', Array.from({ length: 11 }, (_, at) => ({ ...news, id: `n${at}` }))],
  ['no words', [{ ...news, text: ' ' }]],
])('a token with %s is refused', async (_what, consents) => {
  const token = await service.tokens.signing('wrong', digest, { claims: { consents } });
  await expectProblem(await postSigning(service, token), 'token-claims');
});
