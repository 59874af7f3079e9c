import { ErasureView, type SigningView } from '@tu-esign/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, askAsShop, expectWrongTokensRefused } from '../../../test/ask.ts';
import { isSealedNote } from '../../../test/evidence-chain.ts';
import { expectDiscreetLog, expectNothingPersonal, expectProblem } from '../../../test/problems.ts';
import { follow, postDecline, postSigning, read } from '../../../test/requests.ts';
import { agreement, otherAgreement, startRunningService, type RunningService } from '../../../test/running-service.ts';
import { signatory } from '../../../test/tokens.ts';

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

const mint = (identifier: string, email: string, document = digest) =>
  service.tokens.signing(identifier, document, { claims: { signatory: { ...signatory, email } } });

const decline = async (identifier: string, email: string, document?: string): Promise<SigningView> =>
  (await (await postDecline(service, await mint(identifier, email, document), 'Mis motivos')).json()) as SigningView;

const erase = async (body: unknown): Promise<ErasureView> => {
  const response = await ask(service, '/v1/erasures', { body });
  expect(response.status).toBe(202);
  const address = response.headers.get('location')!;
  const look = async () => ErasureView.parse(await (await ask(service, address)).json());
  await expect.poll(async () => (await look()).state).toBe('erased');
  return look();
};

test('what a person has declined is erased with a sealed note of it, and what is signed stays until its time', async () => {
  const email = 'Una.Persona@example.org';
  const declined = await decline('declined by her', email);
  const token = await mint('signed by her', email);
  const { id } = (await (await postSigning(service, token)).json()) as SigningView;
  await follow(service, id, token);
  const other = await decline('declined by another', 'otra@example.org');

  const erasure = await erase({ email: 'una.persona@EXAMPLE.org' });
  expect(erasure.erased.map(({ id }) => id)).toEqual([declined.id]);
  expect(erasure.retained).toMatchObject([{ signing: id, identifier: 'signed by her', status: 'completed' }]);
  expect(Date.parse(erasure.retained[0]!.until!) - Date.now()).toBeGreaterThan(3_600 * 86_400_000);
  expectNothingPersonal(JSON.stringify(erasure));

  await expectProblem(await ask(service, `/v1/signings/${declined.id}`), 'signing-erased');
  await expectProblem(await askAsShop(service, `/v1/signings/${declined.id}`), 'signing-not-found');
  await expectProblem(
    await read(service, `/v1/signings/${declined.id}`, await mint('declined by her', email)),
    'signing-not-found',
  );
  expect(await (await ask(service, '/v1/signings?identifier=declined%20by%20her')).json()).toMatchObject({
    signings: [],
  });
  for (const kept of [other.id, id]) expect((await ask(service, `/v1/signings/${kept}`)).status).toBe(200);
  for (const { id, record, seal } of erasure.erased)
    expect(isSealedNote({ id, record, seal }, erasure.certificates)).toBe(true);
  expect(isSealedNote({ ...erasure.erased[0]!, record: '{}' }, erasure.certificates)).toBe(false);
});

test('an agreement that nobody has signed goes with it, unless somebody else uses it', async () => {
  const only = await service.upload(otherAgreement);
  const { id } = await decline('with its document', 'una@example.org', only);
  const erasure = await erase({ identifier: 'with its document' });
  expect(erasure.erased.map(({ id }) => id).sort()).toEqual([id, `bank/${only}`].sort());
  expect(service.keptFiles()).not.toContain(only);
  expect(service.keptFiles()).toContain(digest);
});

test('a wish that finds nothing is done as well, and another one finds nothing any more', async () => {
  await decline('once', 'una.vez@example.org');
  expect((await erase({ email: 'una.vez@example.org' })).erased).toHaveLength(1);
  expect(await erase({ email: 'una.vez@example.org' })).toMatchObject({ erased: [], retained: [] });
});

test('a host erases nothing of another’s, and does not see what the other has erased', async () => {
  const { id } = await decline('of the bank', 'del.banco@example.org');
  const response = await askAsShop(service, '/v1/erasures', { body: { email: 'del.banco@example.org' } });
  const address = response.headers.get('location')!;
  await expectProblem(await ask(service, address), 'erasure-not-found');
  const state = async () => ((await (await askAsShop(service, address)).json()) as ErasureView).state;
  await expect.poll(state).toBe('erased');
  expect((await ask(service, `/v1/signings/${id}`)).status).toBe(200);
});

test.each([
  {},
  { email: 'nobody' },
  { identifier: '' },
  { email: 'una@example.org', identifier: 'one' },
  'una@example.org',
])('a wish like %j is refused', async (body) =>
  expectProblem(await ask(service, '/v1/erasures', { body }), 'body-malformed'),
);

test('no other token erases, or sees what was erased', async () => {
  const { id } = await decline('guarded', 'guardada@example.org');
  await expectWrongTokensRefused(service, '/v1/erasures', { body: { email: 'guardada@example.org' } }, digest);
  await expectWrongTokensRefused(service, '/v1/erasures/none', {}, digest);
  expect((await ask(service, `/v1/signings/${id}`)).status).toBe(200);
});
