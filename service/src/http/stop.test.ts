import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { postSigning, read } from '../../test/requests.ts';
import { slowness } from '../../test/faults/extent.ts';
import { agreement, startRunningService } from '../../test/running-service.ts';

/** Far less than what is not ended by the stop would take, and more than a busy machine needs, in milliseconds. */
const soonMs = 30_000;

test('a stop waits no longer than it may for a request that never ends', async () => {
  const service = await startRunningService({ stopSeconds: 1 });
  const slow = connect(Number(new URL(service.url).port), '127.0.0.1');
  // Cut off by the service, in whichever way the system tells it.
  slow.on('error', () => {});
  const closed = once(slow, 'close');
  const token = await service.tokens.documents();
  slow.write(`PUT /v1/documents/${'a'.repeat(64)} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\n`);
  slow.write('Content-Type: application/pdf\r\nContent-Length: 1000\r\n\r\n%PDF-1.7');
  // An answer on another connection shows that the service is at work.
  expect((await fetch(`${service.url}/health/live`)).status).toBe(204);
  const startedAt = performance.now();
  await service.remove();
  expect(performance.now() - startedAt).toBeLessThan(soonMs);
  await closed;
});

test('a stop ends the streams that are open', async () => {
  const service = await startRunningService({ stopSeconds: 120 });
  const token = await service.tokens.signing('stream', await service.upload(agreement));
  const { id } = (await (await postSigning(service, token)).json()) as { id: string };
  const stream = await read(service, `/v1/signings/${id}/events`, token);
  const startedAt = performance.now();
  const [text] = await Promise.all([stream.text(), service.remove()]);
  expect(performance.now() - startedAt).toBeLessThan(soonMs);
  expect(text).toContain('event: signing');
});

test('a stop under load fails no request: who looks at the readiness goes elsewhere in time', async () => {
  const service = await startRunningService({ drainSeconds: 2 * slowness() });
  const digest = await service.upload(agreement);
  const statuses: number[] = [];
  const closing: boolean[] = [];
  const seen = new AbortController();
  /** As a load balancer does. */
  const watch = async () => {
    while ((await fetch(`${service.url}/health/ready`)).status === 204) await wait(50);
    seen.abort();
  };
  const request = async (response: Promise<Response>) => {
    const { status, headers } = await response;
    statuses.push(status);
    closing.push(headers.get('connection') === 'close');
    await (await response).arrayBuffer();
  };
  const sign = async (visitor: number) => {
    for (let visit = 0; !seen.signal.aborted; visit += 1) {
      const token = await service.tokens.signing(`${visitor} ${visit}`, digest);
      await request(postSigning(service, token));
      if (!seen.signal.aborted) await request(read(service, '/v1/signing-request', token));
    }
  };
  const load = Promise.all([watch(), ...[1, 2, 3, 4, 5, 6].map(sign)]);
  await expect.poll(() => statuses.length).toBeGreaterThan(10);
  const stopped = service.remove();
  await load;
  await stopped;
  expect(statuses.filter((status) => status !== 200 && status !== 202)).toEqual([]);
  expect(closing.at(0)).toBe(false);
  expect(closing.at(-1)).toBe(true);
});
