import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { postSigning, read } from '../../test/requests.ts';
import { agreement, startRunningService } from '../../test/running-service.ts';

test('a stop waits no longer than it may for a request that never ends', async () => {
  const service = await startRunningService({ stopSeconds: 1 });
  const slow = connect(Number(new URL(service.url).port), '127.0.0.1');
  // Cut off by the service, in whichever way the system tells it.
  slow.on('error', () => {});
  const answers: Buffer[] = [];
  slow.on('data', (answer: Buffer) => answers.push(answer));
  const closed = once(slow, 'close');
  const token = await service.tokens.documents();
  slow.write(`PUT /v1/documents/${'a'.repeat(64)} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\n`);
  slow.write('Content-Type: application/pdf\r\nContent-Length: 1000\r\n\r\n%PDF-1.7');
  // An answer on another connection shows that the service is at work.
  expect((await fetch(`${service.url}/health/live`)).status).toBe(204);
  await service.remove();
  await closed;
  // A request that has had its time is answered, with a 408.
  expect(answers).toEqual([]);
});

test('a stop ends the streams that are open', async () => {
  const service = await startRunningService({ stopSeconds: 120 });
  const token = await service.tokens.signing('stream', await service.upload(agreement));
  const { id } = (await (await postSigning(service, token)).json()) as { id: string };
  const stream = await read(service, `/v1/signings/${id}/events`, token);
  // At the stop's deadline it would be cut off, which is an error.
  const [text] = await Promise.all([stream.text(), service.remove()]);
  expect(text).toContain('event: signing');
});

const isClosing = ({ headers }: Response): boolean => headers.get('connection') === 'close';

test('a stop under load fails no request: who looks at the readiness goes elsewhere in time', async () => {
  // Many times what a look at the readiness takes, on a machine that does much else too.
  const service = await startRunningService({ drainSeconds: 20 });
  const digest = await service.upload(agreement);
  const statuses: number[] = [];
  const closing: boolean[] = [];
  const seen = new AbortController();
  /** As a load balancer does. On a busy machine a service may be unready before it stops, and is ready again. */
  const watch = async () => {
    let ready = await fetch(`${service.url}/health/ready`);
    for (; !isClosing(ready); ready = await fetch(`${service.url}/health/ready`)) await wait(50);
    seen.abort();
    expect(ready.status).toBe(503);
  };
  const request = async (response: Promise<Response>) => {
    const answer = await response;
    statuses.push(answer.status);
    closing.push(isClosing(answer));
    await answer.arrayBuffer();
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
});
