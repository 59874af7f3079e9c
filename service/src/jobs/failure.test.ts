import { expect, test } from 'vitest';
import { Problem } from '#problem.ts';
import { NotSigned } from '#providers/provider.ts';
import { createRecord } from '../../test/records.ts';
import { toFailure } from './failure.ts';

const { signing } = createRecord();
const failureIn = (status: 'accepted' | 'submitting' | 'signed', error: unknown) =>
  toFailure(error, { ...signing, status });

const refusal = new Problem('placement-invalid', undefined, { code: 'no-room' });
const passing = new Problem('provider-rate-limited', undefined, { code: 'slow-down', retryAfterSeconds: 90 });
const lost = Object.assign(new Error('cut off'), { code: 'ECONNRESET' });

test.each(['accepted', 'submitting', 'signed'] as const)(
  'a problem that no repeat can solve is a refusal: %s',
  (status) => {
    expect(failureIn(status, refusal)).toEqual({ kind: 'refused', problem: 'placement-invalid', code: 'no-room' });
  },
);

test('before a provider is called nothing can have been signed', () => {
  expect(failureIn('accepted', lost)).toEqual({ kind: 'not-signed', waitMs: 0 });
  const known = { problem: 'provider-rate-limited', code: 'slow-down' };
  expect(failureIn('accepted', passing)).toEqual({ kind: 'not-signed', waitMs: 90_000, ...known });
});

test('after it is called that is certain only where the provider says so, with what kept it from signing', () => {
  const known = { problem: 'provider-rate-limited', code: 'slow-down' };
  expect(failureIn('submitting', new NotSigned(passing))).toEqual({ kind: 'not-signed', waitMs: 90_000, ...known });
  expect(failureIn('submitting', new NotSigned(lost, 5_000))).toEqual({ kind: 'not-signed', waitMs: 5_000 });
  // What a repeat can no longer solve was still surely not signed.
  const problem = { problem: 'placement-invalid', code: 'no-room' };
  expect(failureIn('submitting', new NotSigned(refusal))).toEqual({ kind: 'not-signed', waitMs: 0, ...problem });
});

test.each(['submitting', 'signed'] as const)('of every other error nobody knows what it means: %s', (status) => {
  expect(failureIn(status, lost)).toEqual({ kind: 'unknown', waitMs: 0, code: 'ECONNRESET' });
  expect(failureIn(status, passing)).toEqual({ kind: 'unknown', waitMs: 90_000, code: 'slow-down' });
  const wrapped = new Error('still not known', {
    cause: Object.assign(new Error('cut off'), { code: 'ECONNRESET', retryAfterMs: 700_000 }),
  });
  expect(failureIn(status, wrapped)).toEqual({ kind: 'unknown', waitMs: 700_000, code: 'ECONNRESET' });
  expect(failureIn(status, 'thrown')).toEqual({ kind: 'unknown', waitMs: 0, code: undefined });
});
