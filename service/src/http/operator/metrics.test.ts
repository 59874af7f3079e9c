import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectProblem } from '../../../test/problems.ts';
import { follow, postSigning } from '../../../test/requests.ts';
import { origin } from '../../../test/tokens.ts';
import { agreement, startRunningService, type RunningService } from '../../../test/running-service.ts';
import type { Context } from '#http/request/route.ts';
import { requireOperator } from './operator.ts';
import { createWrongKeys } from './wrong-keys.ts';

const operatorKey = 'the-operators-key-of-the-tests-alone';

let service: RunningService;
beforeAll(async () => {
  service = await startRunningService({ operatorKey });
});
afterAll(() => service.remove());

const scrape = (key?: string): Promise<Response> =>
  fetch(`${service.operatorUrl}/metrics`, key === undefined ? {} : { headers: { authorization: `Bearer ${key}` } });

/** Value by name and labels, as they are written. */
const readMetrics = async (): Promise<Map<string, number>> => {
  const text = await (await scrape(operatorKey)).text();
  const lines = text.split('\n').filter((line) => line && !line.startsWith('#'));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  );
};

test('metrics tell of requests, steps and providers, and name nobody', async () => {
  const digest = await service.upload(agreement);
  const token = await service.tokens.signing('measured', digest);
  const { id } = (await (await postSigning(service, token)).json()) as { id: string };
  await follow(service, id, token);
  const metrics = await readMetrics();
  expect(metrics.get('tu_esign_http_request_seconds_count{method="POST",route="/v1/signings",status="202"}')).toBe(1);
  for (const step of ['accepted', 'submitting', 'signed', 'conserved']) {
    expect(metrics.get(`tu_esign_step_seconds_count{step="${step}",outcome="done"}`)).toBe(1);
  }
  expect(metrics.get('tu_esign_provider_calls_total{provider="embedded",outcome="signed"}')).toBe(1);
  expect(metrics.get('process_cpu_user_seconds_total')).toBeGreaterThan(0);
  const names = [...metrics.keys()].join('\n');
  expect(names).not.toContain(id);
  expect(names).not.toContain(digest);
});

test('metrics tell what is unfinished, since when, and what is due', async () => {
  const metrics = await readMetrics();
  expect(metrics.get('tu_esign_records_up')).toBe(1);
  expect(metrics.get('tu_esign_signings{status="accepted"}')).toBe(0);
  expect(metrics.get('tu_esign_signings{status="review"}')).toBe(0);
  expect(metrics.get('tu_esign_oldest_unfinished_seconds')).toBe(0);
  expect(metrics.get('tu_esign_due{queue="signings"}')).toBe(0);
  expect(metrics.get('tu_esign_due{queue="deliveries"}')).toBe(0);
});

test('addresses that nobody wrote down are counted as one', async () => {
  await Promise.all(['/nothing', '/v1/nowhere'].map((path) => fetch(service.url + path)));
  expect((await readMetrics()).get('tu_esign_http_request_seconds_count{method="GET",route="none",status="404"}')).toBe(
    2,
  );
});

test('only the operator reads them', async () => {
  expect((await scrape(operatorKey)).headers.get('content-type')).toContain('text/plain');
  await expectProblem(await scrape(), 'token-missing');
  await expectProblem(await scrape(`${operatorKey}x`), 'operator-key-wrong');
  await expectProblem(await scrape(await service.tokens.documents()), 'operator-key-wrong');
});

test('without a key nothing is there, and nothing listens elsewhere', async () => {
  const open = await startRunningService();
  const headers = { authorization: 'Bearer undefined' };
  expect(open.operatorUrl).toBeUndefined();
  await expectProblem(await fetch(`${open.url}/metrics`, { headers }), 'not-found');
  await expectProblem(await fetch(`${open.url}/metrics`), 'not-found');
  await open.remove();
});

test('no operator’s key is no open door, whatever is sent', () => {
  for (const key of ['', 'undefined', 'null']) {
    const context = { get: () => `Bearer ${key}`, ip: '127.0.0.1' } as unknown as Context;
    const deps = { operatorKey: undefined, wrongKeys: createWrongKeys() };
    expect(() => requireOperator(context, deps)).toThrow(expect.objectContaining({ type: 'not-found' }));
  }
});

test('the operator’s endpoints are at an address of their own, and for no page', async () => {
  const headers = { authorization: `Bearer ${operatorKey}`, origin };
  for (const path of ['/metrics', '/v1/operator/signings', '/v1/operator/deliveries']) {
    await expectProblem(await fetch(service.url + path, { headers }), 'not-found');
    const answer = await fetch(service.operatorUrl + path, { headers });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, null]);
  }
  const preflight = await fetch(`${service.operatorUrl}/metrics`, { method: 'OPTIONS', headers: { origin } });
  expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  await expectProblem(await fetch(`${service.operatorUrl}/v1/signing-request`), 'not-found');
});

test('who sends wrong keys has to wait, with the right one as well', async () => {
  const other = await startRunningService({ operatorKey });
  const ask = (key: string) => fetch(`${other.operatorUrl}/metrics`, { headers: { authorization: `Bearer ${key}` } });
  for (let wrong = 0; wrong < 5; wrong += 1)
    await expectProblem(await ask(`${operatorKey}${wrong}`), 'operator-key-wrong');
  const refused = await ask(operatorKey);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
  await expectProblem(refused, 'rate-limited');
  await expect.poll(async () => (await ask(operatorKey)).status).toBe(200);
  await other.remove();
});
