import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { attributeOf, startTraceReceiver } from '../../test/trace-receiver.ts';
import { createOpenTelemetry } from './open-telemetry.ts';

const fail = () => Promise.reject(new RangeError('Xóchitl'));

test('what fails marks its span by the error’s name alone, and goes on failing', async () => {
  const receiver = await startTraceReceiver();
  const tracer = createOpenTelemetry(receiver.url);
  await expect(tracer.trace({ name: 'failing' }, fail)).rejects.toThrow('Xóchitl');
  await tracer.close();
  const [span] = receiver.spans();
  expect(span).toMatchObject({ name: 'failing', status: { code: 2 } });
  expect(attributeOf(span!, 'error.type')).toBe('RangeError');
  expect(receiver.bodies.join()).not.toContain('Xóchitl');
  await receiver.close();
});

test('what is done after a span has ended is no part of it', async () => {
  const receiver = await startTraceReceiver();
  const tracer = createOpenTelemetry(receiver.url);
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  let later = Promise.resolve();
  await tracer.trace({ name: 'first' }, async () => {
    later = ended.then(() => tracer.trace({ name: 'later' }, async () => {}));
    await tracer.trace({ name: 'within' }, async () => {});
  });
  end();
  await later;
  await tracer.close();
  const [within, first, after] = receiver.spans();
  expect([within, first, after].map((span) => span?.name)).toEqual(['within', 'first', 'later']);
  expect(within).toMatchObject({ traceId: first!.traceId, parentSpanId: first!.spanId });
  expect(after!.traceId).not.toBe(first!.traceId);
  await receiver.close();
});

test('where nobody takes traces, work goes on and a stop does not wait until the sender gives up', async () => {
  const asked: Socket[] = [];
  const silent = createServer((socket) => asked.push(socket));
  await once(silent.listen(0, '127.0.0.1'), 'listening');
  const tracer = createOpenTelemetry(`http://127.0.0.1:${(silent.address() as AddressInfo).port}`);
  expect(await tracer.trace({ name: 'working' }, async () => 42)).toBe(42);
  await tracer.close();
  expect(asked.map(({ readyState }) => readyState)).toEqual(['open']);
  asked.forEach((socket) => socket.destroy());
  silent.close();
});
