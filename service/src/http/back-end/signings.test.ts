import { AgreementView, SigningList, SigningView } from '@tu-esign/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, askAsShop, expectWrongTokensRefused } from '../../../test/ask.ts';
import { expectDiscreetLog, expectProblem } from '../../../test/problems.ts';
import { follow, postDecline, postSigning } from '../../../test/requests.ts';
import { agreement, startRunningService, type RunningService } from '../../../test/running-service.ts';

let service: RunningService;
let digest: string;
beforeAll(async () => {
  service = await startRunningService();
  digest = await service.upload(agreement);
});
afterAll(async () => {
  expectDiscreetLog(service);
  await service.remove();
});

const sign = async (identifier: string, claims: Record<string, unknown> = {}): Promise<SigningView> => {
  const token = await service.tokens.signing(identifier, digest, { claims });
  const { id } = (await (await postSigning(service, token)).json()) as SigningView;
  return (await follow(service, id, token)).at(-1)!;
};

const list = async (query: Record<string, string>): Promise<SigningList> => {
  const response = await ask(service, `/v1/signings?${new URLSearchParams(query).toString()}`);
  expect(response.status).toBe(200);
  return SigningList.parse(await response.json());
};

test('a back end asks by its identifier and by id, with links of its own', async () => {
  const signed = await sign('asked for');
  const { signings, agreement, hasMore } = await list({ identifier: 'asked for' });
  expect(signings).toMatchObject([{ id: signed.id, status: 'completed' }]);
  expect(agreement).toMatchObject({ identifier: 'asked for', sequence: { position: 1, of: 1, state: 'completed' } });
  expect(hasMore).toBe(false);
  const view = SigningView.parse(await (await ask(service, `/v1/signings/${signed.id}`)).json());
  expect(new URL(view.outputs.document.link!.href).searchParams.get('to')).toBe('host');
  expect((await fetch(view.outputs.document.link!.href)).status).toBe(200);
});

test('what nobody has signed is an empty list, and what is not there is not found', async () => {
  expect(await list({ identifier: 'nobody came' })).toEqual({ signings: [], hasMore: false });
  await expectProblem(await ask(service, '/v1/signings/none'), 'signing-not-found');
  await expectProblem(await ask(service, '/v1/agreements/nobody%20came'), 'signing-not-found');
});

test('an agreement is read as a whole, whatever its identifier holds', async () => {
  const identifier = 'loan/47 11?ñ&#%';
  await sign(identifier, { sequence: { position: 1, of: 2 } });
  const response = await ask(service, `/v1/agreements/${encodeURIComponent(identifier)}`);
  const view = AgreementView.parse(await response.json());
  expect(view).toMatchObject({
    identifier,
    sequence: { position: 2, of: 2, state: 'open' },
    signings: [{ identifier }],
  });
  expect((await list({ identifier })).signings).toHaveLength(1);
});

test('a list is read to its end by cursors, by state and by time, each signing once', async () => {
  const updatedFrom = new Date().toISOString();
  const ids: string[] = [];
  for (const name of ['one', 'two', 'three']) ids.push((await sign(`listed ${name}`)).id);
  await postDecline(service, await service.tokens.signing('listed declined', digest), 'no');
  const found: string[] = [];
  let query: Record<string, string> = { updatedFrom, status: 'completed', limit: '2' };
  for (;;) {
    const { signings, hasMore, nextCursor } = await list(query);
    found.push(...signings.map(({ id }) => id));
    query = Object.assign({}, query, { cursor: nextCursor! });
    if (!hasMore) break;
    expect(signings).toHaveLength(2);
  }
  expect(found).toEqual(ids);
  // The cursor leads on, to what changes later.
  expect((await list(query)).signings).toEqual([]);
  const later = await sign('listed later');
  expect((await list(query)).signings.map(({ id }) => id)).toEqual([later.id]);
  expect((await list({ status: 'completed', updatedBefore: updatedFrom })).signings.map(({ id }) => id)).not.toContain(
    ids[0],
  );
  expect((await list({ updatedFrom, status: 'declined' })).signings).toMatchObject([{ identifier: 'listed declined' }]);
});

test.each(['limit=0', 'limit=many', 'status=lost', 'cursor=abc', 'updatedFrom=yesterday', 'identifer=one'])(
  'a list with %s is refused',
  async (query) => expectProblem(await ask(service, `/v1/signings?${query}`), 'query-malformed'),
);

test('hosts see their own signings alone', async () => {
  const { id } = await sign('of the bank');
  await expectProblem(await askAsShop(service, `/v1/signings/${id}`), 'signing-not-found');
  await expectProblem(await askAsShop(service, '/v1/agreements/of%20the%20bank'), 'signing-not-found');
  for (const query of ['', '?identifier=of%20the%20bank'])
    expect(await (await askAsShop(service, `/v1/signings${query}`)).json()).toMatchObject({
      signings: [],
      hasMore: false,
    });
});

test('no other token opens any of it', async () => {
  const { id } = await sign('behind tokens');
  await expectWrongTokensRefused(service, '/v1/signings?identifier=behind%20tokens', {}, digest);
  await expectWrongTokensRefused(service, '/v1/agreements/behind%20tokens', {}, digest);
  await expectWrongTokensRefused(service, `/v1/signings/${id}`, {}, digest);
  // The page of its signatory reads it as well, and nobody else's.
  const other = await service.tokens.signing('another', digest);
  await expectProblem(await ask(service, `/v1/signings/${id}`, { token: other }), 'signing-not-found');
});

test('a token of a back end’s opens nothing of a signatory’s', async () => {
  const token = await service.tokens.signings();
  await expectProblem(await ask(service, '/v1/signing-request', { token }), 'scope-insufficient');
  await expectProblem(await ask(service, `/v1/documents/${digest}`, { token }), 'scope-insufficient');
  await expectProblem(await ask(service, '/v1/signings', { token, method: 'POST' }), 'scope-insufficient');
});
