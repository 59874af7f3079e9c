import { afterEach, expect, test } from 'vitest';
import { secret } from '../../../test/host-keys.ts';
import { expectProblem } from '../../../test/problems.ts';
import { startRunningService, type Changes, type RunningService } from '../../../test/running-service.ts';
import { origin } from '../../../test/tokens.ts';

let service: RunningService;
afterEach(() => service.remove());

/** One request, and the next after a hundred seconds: however slow the machine is, twelve are sooner. */
const rarely = 0.01;

const start = async (limits: Changes): Promise<void> => {
  service = await startRunningService(limits);
};

const ask = (headers: Record<string, string> = {}, path = '/v1/signing-request'): Promise<Response> =>
  fetch(service.url + path, { headers });

/** Statuses of so many requests, in order. */
const askMany = async (requests: number, headers: (request: number) => Record<string, string>): Promise<number[]> => {
  const statuses: number[] = [];
  for (let request = 0; request < requests; request += 1) statuses.push((await ask(headers(request))).status);
  return statuses;
};

const count = (statuses: number[], status: number): number => statuses.filter((found) => found === status).length;

test('an address that asks too often is told when to come again, before its token is looked at', async () => {
  await start({ addressRequestsPerSecond: rarely });
  const statuses = await askMany(12, () => ({}));
  expect(statuses[0]).toBe(401);
  expect(count(statuses, 429)).toBeGreaterThanOrEqual(6);
  const refused = await ask({ origin });
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
  expect(refused.headers.get('access-control-allow-origin')).toBe(origin);
  expect(refused.headers.get('access-control-expose-headers')).toContain('retry-after');
  await expectProblem(refused, 'rate-limited');
  expect((await ask({}, '/health/live')).status).toBe(204);
  expect((await ask({}, '/health/ready')).status).toBe(204);
});

test('without a trusted proxy nobody can say to be somebody else', async () => {
  await start({ addressRequestsPerSecond: rarely });
  const statuses = await askMany(12, (request) => ({ 'x-forwarded-for': `203.0.113.${request}` }));
  expect(count(statuses, 429)).toBeGreaterThanOrEqual(6);
});

test('of what a trusted proxy forwards, the address that it saw counts, and not what came before', async () => {
  await start({ addressRequestsPerSecond: rarely, trustedProxies: 1 });
  const spoofed = await askMany(12, (request) => ({ 'x-forwarded-for': `198.51.100.${request}, 203.0.113.1` }));
  expect(count(spoofed, 429)).toBeGreaterThanOrEqual(6);
  const others = await askMany(12, (request) => ({ 'x-forwarded-for': `203.0.113.1, 198.51.100.${request}` }));
  expect(others).toEqual(Array.from({ length: 12 }, () => 401));
  const nonsense = await askMany(12, (request) => ({ 'x-forwarded-for': `nonsense-${request}` }));
  expect(count(nonsense, 429)).toBeGreaterThanOrEqual(6);
});

test('of two trusted proxies the outer one says who asks, and one /64 is one of them', async () => {
  await start({ addressRequestsPerSecond: rarely, trustedProxies: 2 });
  const statuses = await askMany(12, (request) => ({
    'x-forwarded-for': `203.0.113.${request}, 2001:db8:0:1::${request}, 10.0.0.7`,
  }));
  expect(count(statuses, 429)).toBeGreaterThanOrEqual(6);
});

test('a host that asks too often is limited alone, and nobody can ask in its name', async () => {
  await start({ hostRequestsPerSecond: rarely });
  const [key, header] = [new TextEncoder().encode(secret), { alg: 'HS256', kid: undefined }];
  const path = `/v1/documents/${'a'.repeat(64)}`;
  const put = async (token: string): Promise<number> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/pdf' };
    return (await fetch(service.url + path, { method: 'PUT', headers, body: 'no PDF' })).status;
  };
  const forged = await service.tokens.documents({ key, header });
  for (let request = 0; request < 12; request += 1) expect(await put(forged)).toBe(401);
  const statuses: number[] = [];
  for (let request = 0; request < 12; request += 1) statuses.push(await put(await service.tokens.documents()));
  expect(statuses[0]).toBe(422);
  expect(count(statuses, 429)).toBeGreaterThanOrEqual(6);
  const shop = { claims: { iss: 'https://shop.example' }, header, key };
  expect(await put(await service.tokens.documents(shop))).toBe(422);
});
