import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectProblem } from '../../../test/problems.ts';
import { follow, postSigning } from '../../../test/requests.ts';
import { agreement, startRunningService, type RunningService } from '../../../test/running-service.ts';

const operatorKey = 'the-operators-key-of-the-tests-alone';

let service: RunningService;
beforeAll(async () => {
  service = await startRunningService({ operatorKey });
});
afterAll(() => service.remove());

const scrape = (key?: string): Promise<Response> =>
  fetch(`${service.url}/metrics`, key === undefined ? {} : { headers: { authorization: `Bearer ${key}` } });

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

test('without a key there is nothing there', async () => {
  const open = await startRunningService();
  const headers = { authorization: 'Bearer undefined' };
  await expectProblem(await fetch(`${open.url}/metrics`, { headers }), 'not-found');
  await expectProblem(await fetch(`${open.url}/metrics`), 'not-found');
  await open.remove();
});
