import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ProblemDetails, ProblemType } from '@tu-esign/contract';
import { createHostKey, secret } from '../../../test/host-keys.ts';
import { expectDiscreetLog, expectProblem } from '../../../test/problems.ts';
import { postSigning, read, readRequest } from '../../../test/requests.ts';
import { agreement, otherAgreement, startRunningService, type RunningService } from '../../../test/running-service.ts';
import { createForm } from '../../../test/signing-form.ts';
import { bankKey, origin, type TokenChanges } from '../../../test/tokens.ts';

let service: RunningService;
let digest: string;
let otherDigest: string;
beforeAll(async () => {
  service = await startRunningService();
  digest = await service.upload(agreement);
  otherDigest = await service.upload(otherAgreement);
});
afterAll(async () => {
  expectDiscreetLog(service);
  await service.remove();
});

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const now = (): number => Math.floor(Date.now() / 1000);
const stranger = await createHostKey('bank-1');
const hs256 = { alg: 'HS256' };

const wrongSecret: TokenChanges = {
  claims: { iss: 'https://shop.example' },
  header: hs256,
  key: bytes('another secret of forty characters, too.'),
};

const badTokens: [string, ProblemType, TokenChanges][] = [
  ['expired', 'token-expired', { claims: { iat: now() - 400, exp: now() - 100 } }],
  ['for another service', 'token-audience', { claims: { aud: 'https://elsewhere.example' } }],
  ['without aud', 'token-claims', { claims: { aud: undefined } }],
  ['signed with another key', 'token-signature', { key: stranger.privateKey }],
  ['with an unknown kid', 'token-signature', { header: { kid: 'bank-2' } }],
  ['HS256 with the public key as PEM', 'token-algorithm', { header: hs256, key: bytes(bankKey.pem) }],
  ['HS256 with the public key as JWK', 'token-algorithm', { header: hs256, key: bytes(JSON.stringify(bankKey.jwk)) }],
  ['of an unknown host', 'host-unknown', { claims: { iss: 'https://nobody.example' } }],
  ['without iss', 'token-claims', { claims: { iss: undefined } }],
  ['of a host with a secret, by a key pair', 'token-algorithm', { claims: { iss: 'https://shop.example' } }],
  ['with a wrong secret', 'token-signature', wrongSecret],
  ['for an origin the host does not list', 'origin-mismatch', { claims: { origin: 'https://evil.example' } }],
  ['that lives too long', 'token-lifetime', { claims: { exp: now() + 700 } }],
  ['issued in the future', 'token-not-yet-valid', { claims: { iat: now() + 120 } }],
  ['not valid yet', 'token-not-yet-valid', { claims: { nbf: now() + 120 } }],
  ['without jti', 'token-claims', { claims: { jti: undefined } }],
  ['with a jti that databases refuse', 'token-claims', { claims: { jti: 'one\0two-three' } }],
  ['without exp', 'token-claims', { claims: { exp: undefined } }],
  ['without typ', 'token-malformed', { header: { typ: undefined } }],
  ['of another typ', 'token-malformed', { header: { typ: 'at+jwt' } }],
  ['for uploads', 'scope-insufficient', { claims: { scope: 'documents:write' } }],
  ['without scope', 'token-claims', { claims: { scope: undefined } }],
  ['with a wrong RFC', 'token-claims', { claims: { signatory: { givenName: 'Xóchitl', rfc: 'FIIX900101AB1x' } } }],
];

test.each(badTokens)('a token %s is refused as %s, and nothing is kept', async (name, type, changes) => {
  const identifier = `token ${name}`;
  const token = await service.tokens.signing(identifier, digest, changes);
  await expectProblem(await read(service, '/v1/signing-request', token), type);
  await expectProblem(await postSigning(service, token), type);
  await expectNoSigning(identifier);
});

test.each<[string, ProblemType, (good: string) => string]>([
  ['nothing', 'token-missing', () => ''],
  ['another scheme', 'token-missing', (good) => `Basic ${good}`],
  ['no JWT', 'token-malformed', () => 'Bearer abc'],
  ['a JWT without signature', 'token-malformed', (good) => `Bearer ${good.split('.').slice(0, 2).join('.')}`],
  ['alg none', 'token-algorithm', (good) => `Bearer ${unsigned(good)}`],
  ['an endless token', 'token-malformed', (good) => `Bearer ${good}${'A'.repeat(9_000)}`],
  ['changed claims', 'token-signature', (good) => `Bearer ${withOtherClaims(good)}`],
])('%s as authorization is refused as %s', async (name, type, change) => {
  const identifier = `authorization ${name}`;
  const authorization = change(await service.tokens.signing(identifier, digest));
  const response = await fetch(`${service.url}/v1/signings`, {
    method: 'POST',
    headers: { origin, ...(authorization && { authorization }) },
    body: createForm(),
  });
  expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
  await expectProblem(response, type);
  await expectNoSigning(identifier);
});

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const unsigned = (good: string): string => `${encode({ alg: 'none', typ: 'JWT' })}.${good.split('.')[1]}.`;

const withOtherClaims = (good: string): string => {
  const [header, claims, signature] = good.split('.') as [string, string, string];
  const changed = { ...(JSON.parse(Buffer.from(claims, 'base64url').toString()) as object), jti: 'another-jti' };
  return [header, encode(changed), signature].join('.');
};

test('a page that is not the token’s is refused', async () => {
  const token = await service.tokens.signing('other page', digest);
  const headers = { authorization: `Bearer ${token}`, origin: 'https://shop.example' };
  await expectProblem(await fetch(`${service.url}/v1/signing-request`, { headers }), 'origin-mismatch');
  await expectProblem(
    await fetch(`${service.url}/v1/signings`, { method: 'POST', headers, body: createForm() }),
    'origin-mismatch',
  );
  await expectNoSigning('other page');
});

test('an origin that the host does not list is refused, though the page is of that origin', async () => {
  const evil = 'https://evil.example';
  const token = await service.tokens.signing('evil page', digest, { claims: { origin: evil } });
  const headers = { authorization: `Bearer ${token}`, origin: evil };
  await expectProblem(await fetch(`${service.url}/v1/signing-request`, { headers }), 'origin-mismatch');
  // Of another host it is one that this service knows.
  const shop = await service.tokens.signing('page of the shop', digest, { claims: { origin: 'https://shop.example' } });
  const fromShop = { authorization: `Bearer ${shop}`, origin: 'https://shop.example' };
  const answer = await fetch(`${service.url}/v1/signing-request`, { headers: fromShop });
  await expectProblem(answer, 'origin-mismatch');
});

test('a signing is not another host’s to read, though it names the same identifier', async () => {
  const mine = await service.tokens.signing('shared name', digest);
  const { id } = (await (await postSigning(service, mine)).json()) as { id: string };
  const theirs = await service.tokens.signing('shared name', digest, {
    claims: { iss: 'https://shop.example', origin: 'https://shop.example' },
    header: { alg: 'HS256', kid: undefined },
    key: bytes(secret),
  });
  const headers = { authorization: `Bearer ${theirs}`, origin: 'https://shop.example' };
  for (const path of [`/v1/signings/${id}`, `/v1/signings/${id}/events`])
    await expectProblem(await fetch(service.url + path, { headers }), 'signing-not-found');
});

test('a token used for one signing opens no other', async () => {
  const claims = { jti: 'used-for-one-signing' };
  expect((await postSigning(service, await service.tokens.signing('first', digest, { claims }))).status).toBe(202);
  const again = await service.tokens.signing('second', digest, { claims });
  await expectProblem(await postSigning(service, again), 'token-replayed');
  const otherDocument = await service.tokens.signing('third', otherDigest, { claims });
  await expectProblem(await postSigning(service, otherDocument), 'token-replayed');
  await expectNoSigning('second');
});

test('a claim that is mistyped is refused, with the one that was meant and where it is', async () => {
  const token = await service.tokens.signing('mistyped', digest, { claims: { sequnce: { position: 1, of: 2 } } });
  const answer = await read(service, '/v1/signing-request', token);
  const problem = (await answer.clone().json()) as ProblemDetails;
  await expectProblem(answer, 'token-claims');
  expect(problem.errors).toMatchObject([{ pointer: '#/sequnce' }]);
  expect(problem.detail).toContain('did you mean sequence?');
  expect(problem.host).toBe(undefined);
  expect([problem.retryable, problem.requestId]).toEqual([false, answer.headers.get('request-id')]);
  await expectProblem(await postSigning(service, token), 'token-claims');
  await expectNoSigning('mistyped');
});

test('a token reads no other document, and an identifier has one document', async () => {
  const token = await service.tokens.signing('one document', digest);
  await expectProblem(await read(service, `/v1/documents/${otherDigest}`, token), 'document-mismatch');
  expect((await postSigning(service, token)).status).toBe(202);
  const other = await service.tokens.signing('one document', otherDigest);
  await expectProblem(await read(service, '/v1/signing-request', other), 'identifier-reused');
  await expectProblem(await postSigning(service, other), 'identifier-reused');
});

test('a signing is read by its own token alone', async () => {
  const token = await service.tokens.signing('mine', digest);
  const { id } = (await (await postSigning(service, token)).json()) as { id: string };
  const other = await service.tokens.signing('not mine', digest);
  await expectProblem(await read(service, `/v1/signings/${id}`, other), 'signing-not-found');
  await expectProblem(await read(service, `/v1/signings/${id}/events`, other), 'signing-not-found');
});

const expectNoSigning = async (identifier: string): Promise<void> => {
  const token = await service.tokens.signing(identifier, digest);
  expect.soft((await readRequest(service, token)).signing).toBeNull();
};
