import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { createHostKey } from '../../test/host-keys.ts';
import { bankKey, createTokens, hosts } from '../../test/tokens.ts';
import { createHostRegistry } from './registry.ts';
import { createTokenVerifier, type TokenVerifier } from './token.ts';

const audience = 'https://sign.example';
const tokens = createTokens(audience);
const bank = hosts[0]!;
const digest = 'a'.repeat(64);

/** What the host's server answers, and how often it was asked. */
const jwks = { status: 200, body: '', asked: 0 };
let server: Server;
beforeAll(async () => {
  server = createServer((_request, response) => {
    jwks.asked += 1;
    response.writeHead(jwks.status, { location: 'https://elsewhere.example/' }).end(jwks.body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => server.close());
beforeEach(() => {
  Object.assign(jwks, { status: 200, body: JSON.stringify({ keys: [bankKey.jwk] }), asked: 0 });
});

const verifyBy = (jwksUri: string, allowPrivate = true): TokenVerifier => {
  const host = { ...bank, verification: { jwksUri, allowPrivate, algorithms: ['ES256' as const] } };
  return createTokenVerifier({ registry: createHostRegistry([host]), audience, now: () => new Date() });
};
const verifier = (): TokenVerifier => verifyBy(`http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`);

test('keys are fetched once and kept', async () => {
  const tokenVerifier = verifier();
  for (const identifier of ['one', 'two', 'three']) {
    const { token } = await tokenVerifier.verifySigning(await tokens.signing(identifier, digest), undefined);
    expect(token.identifier).toBe(identifier);
  }
  expect(jwks.asked).toBe(1);
});

test('a new key is found once the pause between two fetches is over, and the old one is refused', async () => {
  const tokenVerifier = verifier();
  await tokenVerifier.verifySigning(await tokens.signing('old', digest), undefined);
  const next = await createHostKey('bank-2');
  const changes = { header: { kid: 'bank-2' }, key: next.privateKey };
  jwks.body = JSON.stringify({ keys: [next.jwk] });
  await expect(
    tokenVerifier.verifySigning(await tokens.signing('early', digest, changes), undefined),
  ).rejects.toMatchObject({
    type: 'token-signature',
  });
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 31_000 });
  try {
    const { token } = await tokenVerifier.verifySigning(await tokens.signing('new', digest, changes), undefined);
    expect(token.identifier).toBe('new');
    const old = await tokens.signing('old', digest);
    await expect(tokenVerifier.verifySigning(old, undefined)).rejects.toMatchObject({ type: 'token-signature' });
  } finally {
    vi.useRealTimers();
  }
});

test.each<[string, Partial<typeof jwks>]>([
  ['a failure', { status: 500 }],
  ['a redirect', { status: 302 }],
  ['no JSON', { body: '<html>' }],
  ['no key set', { body: '{}' }],
  ['more than a megabyte', { body: JSON.stringify({ keys: [], padding: 'x'.repeat(1024 * 1024) }) }],
])('where the host answers %s, its keys are unavailable, which passes', async (_name, answer) => {
  const tokenVerifier = verifier();
  const body = jwks.body;
  Object.assign(jwks, answer);
  const token = await tokens.signing('later', digest);
  await expect(tokenVerifier.verifySigning(token, undefined)).rejects.toMatchObject({
    type: 'host-keys-unavailable',
    status: 503,
  });
  Object.assign(jwks, { status: 200, body });
  // Not asked again at once, however many tokens come.
  for (let tokens = 0; tokens < 20; tokens += 1)
    await expect(tokenVerifier.verifySigning(token, undefined)).rejects.toMatchObject({
      type: 'host-keys-unavailable',
    });
  expect(jwks.asked).toBe(1);
  const later = performance.now() + 3_001;
  const clock = vi.spyOn(performance, 'now').mockReturnValue(later);
  onTestFinished(() => clock.mockRestore());
  expect((await tokenVerifier.verifySigning(token, undefined)).host.id).toBe('bank');
  expect(jwks.asked).toBe(2);
});

test('keys are asked of public addresses alone, unless the host’s entry allows others', async () => {
  const { port } = server.address() as AddressInfo;
  // A name, which is looked up when it is asked.
  const url = `http://localhost:${port}/jwks`;
  const token = await tokens.signing('private', digest);
  await expect(verifyBy(url, false).verifySigning(token, undefined)).rejects.toMatchObject({
    type: 'host-keys-unavailable',
  });
  expect(jwks.asked).toBe(0);
});

/** A verifier for a host of these keys, which tells them apart by nothing. */
const verifyByKeys = (jwks: { keys: { kty: string }[] }): TokenVerifier => {
  const host = { ...bank, verification: { jwks, algorithms: ['ES256' as const] } };
  return createTokenVerifier({ registry: createHostRegistry([host]), audience, now: () => new Date() });
};

const withoutKid = (jwk: { kid?: string; kty: string }): { kty: string } =>
  Object.assign({ ...jwk }, { kid: undefined });

test('of several keys without kid, each is tried', async () => {
  const others = [await createHostKey('a'), await createHostKey('b')];
  const changes = { header: { kid: undefined } };
  const token = await tokens.signing('any', digest, changes);
  const keys = [...others.map(({ jwk }) => jwk), bankKey.jwk].map(withoutKid);
  expect((await verifyByKeys({ keys }).verifySigning(token, undefined)).token.identifier).toBe('any');
  const notTheirs = verifyByKeys({ keys: keys.slice(0, 2) }).verifySigning(token, undefined);
  await expect(notTheirs).rejects.toMatchObject({ type: 'token-signature' });
  const expired = await tokens.signing('old', digest, { ...changes, claims: { iat: 1_000, exp: 1_300 } });
  await expect(verifyByKeys({ keys }).verifySigning(expired, undefined)).rejects.toMatchObject({
    type: 'token-expired',
  });
  // More than eight are named by whoever has them.
  const many = { keys: [...Array.from({ length: 8 }, () => keys[0]!), keys[2]!] };
  await expect(verifyByKeys(many).verifySigning(token, undefined)).rejects.toMatchObject({ type: 'token-signature' });
});

test('times may have fractions', async () => {
  const now = Date.now() / 1000;
  const claims = { iat: Math.floor(now) - 1 + 0.25, exp: Math.floor(now) + 200.75 };
  const { token } = await verifier().verifySigning(await tokens.signing('fractions', digest, { claims }), undefined);
  expect(token).toMatchObject(claims);
});

test('where nobody answers, the host’s keys are unavailable', async () => {
  const closed = createServer().listen(0, '127.0.0.1');
  await once(closed, 'listening');
  const { port } = closed.address() as AddressInfo;
  closed.close();
  await once(closed, 'close');
  const token = await tokens.signing('nobody', digest);
  await expect(verifyBy(`http://127.0.0.1:${port}/`).verifySigning(token, undefined)).rejects.toMatchObject({
    type: 'host-keys-unavailable',
  });
});
