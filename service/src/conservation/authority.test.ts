import { expect, test } from 'vitest';
import { throughGuard, withinSpan } from '#network/around.ts';
import { createGuard } from '#network/guard.ts';
import type { SpanOptions, Tracer } from '#telemetry/tracer.ts';
import { aroundAuthority, type ConservationAuthority, type ConservationOrder } from './authority.ts';

const order: ConservationOrder = {
  digest: 'ab'.repeat(32),
  signingId: 'a-signing',
  identifier: 'CREDITO-7',
  artefacts: { 'signed-document': 'ab'.repeat(32), agreement: 'cd'.repeat(32) },
};

test('an authority behind a guard and within a span is the same one, and its call ends with either signal', async () => {
  const [spans, signals]: [SpanOptions[], AbortSignal[]] = [[], []];
  const authority: ConservationAuthority = {
    issuer: 'Otra autoridad',
    accredited: true,
    conserve: (_order, signal) =>
      new Promise((_resolve, reject) => {
        signals.push(signal!);
        signal!.addEventListener('abort', () => reject(new Error('ended')));
      }),
  };
  const tracer: Tracer = {
    trace(options, work) {
      spans.push(options);
      return work({ set() {}, rename() {} });
    },
    close: async () => {},
  };
  const guard = createGuard({ timeoutMs: 500, concurrency: 2, failures: 9, pauseMs: 10 });
  const watched = aroundAuthority(aroundAuthority(authority, throughGuard(guard)), withinSpan(tracer, 'conservation'));
  expect(watched).toMatchObject({ issuer: 'Otra autoridad', accredited: true });
  const waiting = new AbortController();
  const [left, late] = [watched.conserve(order, waiting.signal), watched.conserve(order)];
  waiting.abort();
  await expect(left).rejects.toThrow('ended');
  await expect(late).rejects.toThrow();
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
  const span = { name: 'conservation conserve', kind: 'client', attributes: { 'tu_esign.signing': 'a-signing' } };
  expect(spans).toEqual([span, span]);
});
