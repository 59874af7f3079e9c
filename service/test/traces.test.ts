import { afterAll, beforeAll, expect, test } from 'vitest';
import { follow, postSigning } from './requests.ts';
import { agreement, startRunningService } from './running-service.ts';
import { signatory } from './tokens.ts';
import { attributeOf, startTraceReceiver, type ReceivedSpan } from './trace-receiver.ts';

const parent = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' };
let receiver: Awaited<ReturnType<typeof startTraceReceiver>>;
let token: string;
let id: string;

beforeAll(async () => {
  receiver = await startTraceReceiver();
  const service = await startRunningService({ traceEndpoint: receiver.url });
  token = await service.tokens.signing('traced', await service.upload(agreement));
  ({ id } = (await (await postSigning(service, token)).json()) as { id: string });
  await follow(service, id, token);
  const headers = { traceparent: `00-${parent.traceId}-${parent.spanId}-01` };
  await fetch(`${service.url}/v1/signing-request?token=${token}`, { headers });
  await fetch(`${service.url}/health/live`, { headers: { traceparent: '00-zz-00-01' } });
  // What is left is sent before the stop ends.
  await service.remove();
});
afterAll(() => receiver.close());

const named = (name: string): ReceivedSpan => receiver.spans().find((span) => span.name === name)!;

test('a signing is one trace: the post that it came with, its steps, and within them who was called', () => {
  const advance = named('advance');
  expect(attributeOf(advance, 'tu_esign.signing')).toBe(id);
  const inside = receiver.spans().filter(({ traceId }) => traceId === advance.traceId);
  const steps = ['accepted', 'submitting', 'signed', 'conserved'].map((status) => `step ${status}`);
  expect(new Set(inside.map(({ name }) => name))).toEqual(
    new Set(['POST /v1/signings', 'advance', ...steps, 'provider sign', 'conservation conserve']),
  );
  expect(advance.parentSpanId).toBe(named('POST /v1/signings').spanId);
  for (const step of steps) expect(named(step).parentSpanId).toBe(advance.spanId);
  expect(named('provider sign').parentSpanId).toBe(named('step submitting').spanId);
  expect(named('conservation conserve').parentSpanId).toBe(named('step signed').spanId);
});

test('a request is a span by its route, in the trace that it came with', () => {
  const post = named('POST /v1/signings');
  expect(attributeOf(post, 'http.response.status_code')).toBe('202');
  const refused = receiver
    .spans()
    .find((span) => span.name === 'GET /v1/signing-request' && attributeOf(span, 'tu_esign.problem') !== undefined)!;
  expect(refused).toMatchObject({ traceId: parent.traceId, parentSpanId: parent.spanId });
  expect(attributeOf(refused, 'tu_esign.problem')).toBe('token-missing');
  expect(named('GET /health/live').parentSpanId ?? '').toBe('');
});

test('traces name the service, and nobody else', () => {
  const resources = receiver.resources();
  expect(attributeOf({ attributes: resources }, 'service.name')).toBe('tu-esign');
  const sent = receiver.bodies.join('\n');
  for (const secret of [...Object.values(signatory), token, 'traced', 'Contrato']) expect(sent).not.toContain(secret);
});
