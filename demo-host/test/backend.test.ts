import { mkdtemp, readdir, readFile, stat } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createUpload } from '../backend/upload.ts';
import { createAgreements } from '../panel/agreements.ts';
import { openContracts } from '../panel/contracts.ts';
import { createBackend } from '../demo/backend.ts';
import { openKey } from '../backend/key.ts';
import { openNotifications } from '../panel/notifications.ts';
import { listen } from '../demo/port.ts';
import { createMint } from '../backend/token.ts';
import { openVisits } from '../panel/visits.ts';
import { openWebhookSecret } from '../demo/webhook-secret.ts';

const service = 'http://localhost:8080';
const origin = 'http://localhost:3000';

let folder: string;
let server: Server;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tu-esign-backend-'));
  server = await start();
});
afterEach(() => server.close());

const start = async (): Promise<Server> => {
  const key = await openKey(join(folder, 'host-key.json'));
  const mint = createMint({ key, issuer: 'a-host', service });
  const agreements = createAgreements();
  agreements.add({ digest: 'a'.repeat(64), name: 'Contrato.pdf' });
  const backend = await createBackend({
    origin,
    service,
    provider: 'embedded',
    jwks: key.jwks,
    mint,
    upload: createUpload(service, mint),
    visits: await openVisits(join(folder, 'visits')),
    notifications: await openNotifications(join(folder, 'notifications.jsonl')),
    contracts: await openContracts(join(folder, 'contracts.txt')),
    webhookSecret: await openWebhookSecret(join(folder, 'webhook-secret')),
    agreements,
  });
  return listen(backend.callback(), 0);
};

const addressOf = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;

const post = (path: string, body: unknown, type = 'application/json') =>
  fetch(addressOf(path), { method: 'POST', headers: { 'content-type': type }, body: JSON.stringify(body) });

const createVisit = async (asked: object = {}) => (await post('/api/visits', asked)).json();

test('a token says what the back end keeps, whatever the page sends', async () => {
  const visit = await createVisit();
  const answer = await post('/api/token', { visit: visit.id, signatory: { givenName: 'Eve' }, scope: 'x' });
  const { token } = await answer.json();
  const keys = createRemoteJWKSet(new URL(addressOf('/.well-known/jwks.json')));
  const { payload, protectedHeader } = await jwtVerify(token, keys, { issuer: 'a-host', audience: service });
  expect(protectedHeader).toMatchObject({ alg: 'ES256', typ: 'JWT' });
  expect(payload).toMatchObject({
    scope: 'signing',
    origin,
    identifier: visit.identifier,
    document: { digest: 'a'.repeat(64), name: 'Contrato.pdf' },
    signatory: visit.signatory,
    sequence: { position: 1, of: 1 },
  });
  expect(payload.exp! - payload.iat!).toBe(300);
  expect(payload.jti).toMatch(/^[\da-f-]{36}$/);
});

test('each of three signatories has a visit and a token of their own, and a state as it is told', async () => {
  const first = await createVisit({ signatories: 3 });
  const list = async () => (await fetch(addressOf(`/api/visits/${first.id}/signatories`))).json();
  const waiting = await list();
  expect(waiting.map((one: { position: number; state: string }) => [one.position, one.state])).toEqual([
    [1, 'waiting'],
    [2, 'waiting'],
    [3, 'waiting'],
  ]);
  const tokens = await Promise.all(
    waiting.map(async ({ id }: { id: string }) => (await (await post('/api/token', { visit: id })).json()).token),
  );
  const claims = tokens.map((token: string) => JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()));
  expect(claims.map(({ sequence }) => sequence)).toEqual([1, 2, 3].map((position) => ({ position, of: 3 })));
  expect(new Set(claims.map(({ identifier }) => identifier))).toEqual(new Set([first.identifier]));
  expect(new Set(claims.map(({ signatory }) => signatory.givenName)).size).toBe(3);
  const data = { identifier: first.identifier, sequence: { position: 2, of: 3 } };
  expect(await notify({ type: 'signing.declined', data })).toBe(204);
  expect((await list()).map(({ state }: { state: string }) => state)).toEqual(['waiting', 'declined', 'waiting']);
});

test('private key and secret are their owner’s alone, and no part of what is published', async () => {
  for (const file of ['host-key.json', 'webhook-secret']) {
    expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600);
  }
  const { keys } = await (await fetch(addressOf('/.well-known/jwks.json'))).json();
  expect(keys).toHaveLength(1);
  expect(Object.keys(keys[0]).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
});

/** Posts a notification as the service does, signed with the host's own secret unless said otherwise. */
const notify = async (body: unknown, { id = 'msg_1', at = new Date(), secret = '', sent = body } = {}) => {
  const signer = new Webhook(secret || (await openWebhookSecret(join(folder, 'webhook-secret'))));
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': signer.sign(id, at, JSON.stringify(body)),
  };
  return (await fetch(addressOf('/notifications'), { method: 'POST', headers, body: JSON.stringify(sent) })).status;
};

const listNotifications = async () => (await fetch(addressOf('/api/notifications'))).json();

const told = { type: 'signing.completed', data: { identifier: 'a-process' } };

test('what the service tells is kept once, however often it arrives', async () => {
  expect(await notify(told)).toBe(204);
  expect(await notify(told)).toBe(204);
  expect(await notify(told, { id: 'msg_2' })).toBe(204);
  expect(await listNotifications()).toMatchObject([
    { id: 'msg_1', body: told },
    { id: 'msg_2', body: told },
  ]);
});

test('a contract is complete once its whole is, and stays so', async () => {
  const { id, identifier } = await createVisit({ signatories: 3 });
  const isComplete = async () => (await (await fetch(addressOf(`/api/visits/${id}/contract`))).json()).complete;
  for (const position of [1, 2, 3]) {
    const data = { identifier, sequence: { position, of: 3 } };
    expect(await notify({ type: 'signing.completed', data }, { id: `msg_${position}` })).toBe(204);
    expect(await isComplete()).toBe(false);
  }
  const whole = { type: 'agreement.completed', data: { identifier } };
  for (const _ of [1, 2]) expect(await notify(whole, { id: 'msg_whole' })).toBe(204);
  expect(await isComplete()).toBe(true);
  server.close();
  server = await start();
  expect(await isComplete()).toBe(true);
});

test('what an integrator copies is little: a file a step', async () => {
  const folder = new URL('../backend/', import.meta.url);
  const names = (await readdir(folder)).sort();
  expect(names).toEqual(['body.ts', 'host-routes.ts', 'key.ts', 'token.ts', 'upload.ts', 'webhook.ts']);
  const texts = await Promise.all(names.map((name) => readFile(new URL(name, folder), 'utf8')));
  expect(texts.join('').split('\n').length).toBeLessThanOrEqual(200);
  // It needs nothing of what serves the developer’s panel.
  expect(texts.join('')).not.toMatch(/from '\.\.\//);
});

test('what somebody else tells is refused, and so is what is old or was changed on the way', async () => {
  const secret = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
  expect(await notify(told, { secret })).toBe(401);
  expect(await notify(told, { at: new Date(Date.now() - 6 * 60_000) })).toBe(401);
  expect(await notify(told, { at: new Date(Date.now() + 6 * 60_000) })).toBe(401);
  expect(await notify(told, { sent: { ...told, type: 'signing.failed' } })).toBe(401);
  expect((await post('/notifications', told)).status).toBe(401);
  expect(await listNotifications()).toEqual([]);
});

test('a restart keeps key, visits and notifications', async () => {
  const before = await (await fetch(addressOf('/.well-known/jwks.json'))).text();
  const visit = await createVisit({
    signatory: { givenName: 'Beatriz', paternalSurname: 'Ficticia', email: 'b@example.com' },
  });
  expect(await notify(told)).toBe(204);
  server.close();
  server = await start();
  expect(await (await fetch(addressOf('/.well-known/jwks.json'))).text()).toBe(before);
  expect(await (await fetch(addressOf(`/api/visits/${visit.id}`))).json()).toEqual(visit);
  expect(await notify(told)).toBe(204);
  expect(await listNotifications()).toMatchObject([{ body: told }]);
});

test.each(['../host-key', '00000000-0000-0000-0000-000000000000', { $ne: null }, undefined])(
  'no token for a visit that is none: %j',
  async (visit) => {
    expect((await post('/api/token', { visit })).status).toBe(404);
  },
);

test('what a form of another site could send is refused', async () => {
  for (const path of ['/api/token', '/api/visits', '/notifications', '/api/agreements']) {
    expect((await post(path, {}, 'text/plain')).status).toBe(415);
  }
});

test('a signatory without a name is refused', async () => {
  expect((await post('/api/visits', { signatory: { givenName: ' ', email: 'x@example.com' } })).status).toBe(400);
});

test('the page comes with its types stripped, the service’s address in it, and a policy that names it', async () => {
  const page = await fetch(addressOf('/'));
  expect(await page.text()).toContain(`<script type="module" src="${service}/element/tu-esign.js">`);
  expect(page.headers.get('content-security-policy')).toContain(`script-src 'self' ${service} 'wasm-unsafe-eval';`);
  const script = await fetch(addressOf('/page/page.ts'));
  expect(script.headers.get('content-type')).toContain('text/javascript');
  expect(await script.text()).not.toContain('import type');
  expect((await fetch(addressOf('/backend/key.ts'))).status).toBe(404);
});

test('the page of a framework is found without its slash as well, and nothing is served beside it', async () => {
  const answer = await fetch(addressOf('/react'), { redirect: 'manual' });
  expect([answer.status, answer.headers.get('location')]).toEqual([302, '/react/']);
  for (const path of ['/react/../package.json', '/react/%2e%2e/package.json', '/react//package.json']) {
    expect((await fetch(addressOf(path))).status).toBe(404);
  }
});
