import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createGuard } from '#network/guard.ts';
import { Problem } from '#problem.ts';
import { noMeter, type ProviderOutcome } from '#telemetry/meter.ts';
import { noTracer } from '#telemetry/tracer.ts';
import { guardProvider, observeProvider } from './around.ts';
import { NotSigned, type Provider, type SigningOrder } from './provider.ts';

const order = { id: 'one' } as SigningOrder;
const answer = { document: Buffer.from('signed'), keyCertificate: Buffer.from('PEM') };
const options = { timeoutMs: 60_000, concurrency: 2, failures: 3, pauseMs: 1_000 };

/** A provider that does what it is told, and counts its calls. */
const start = (act: () => Promise<typeof answer>, changes: Partial<typeof options> = {}) => {
  const calls = { count: 0 };
  const provider: Provider = {
    name: 'far',
    repeats: 'none',
    sign: () => {
      calls.count += 1;
      return act();
    },
  };
  return { calls, guarded: guardProvider(provider, createGuard({ ...options, ...changes })) };
};
const fail = (): Promise<never> => Promise.reject(new Error('cut off'));

test('an answer goes through, and so does what went wrong', async () => {
  expect(await start(async () => answer).guarded.sign(order)).toBe(answer);
  await expect(start(fail).guarded.sign(order)).rejects.toThrow('cut off');
});

test('after some failures nothing is sent, which is told as surely not signed, until one is tried again', async () => {
  const { calls, guarded } = start(fail);
  for (let tried = 0; tried < 3; tried += 1) await expect(guarded.sign(order)).rejects.toThrow('cut off');
  await expect(guarded.sign(order)).rejects.toThrow(NotSigned);
  expect(calls.count).toBe(3);
  await wait(options.pauseMs + 20);
  await expect(guarded.sign(order)).rejects.toThrow('cut off');
  expect(calls.count).toBe(4);
});

test('a refusal is no failure', async () => {
  const { calls, guarded } = start(() => Promise.reject(new Problem('placement-invalid')));
  for (let tried = 0; tried < 5; tried += 1) await expect(guarded.sign(order)).rejects.toThrow(Problem);
  expect(calls.count).toBe(5);
});

test('an answer that comes too late is a lost answer', async () => {
  const { guarded } = start(() => wait(500, answer), { timeoutMs: 60 });
  const lost = guarded.sign(order);
  await expect(lost).rejects.toThrow(/timed out/i);
  await expect(lost).rejects.not.toThrow(NotSigned);
});

test('more calls than may be at once are not made', async () => {
  const { calls, guarded } = start(() => wait(20, answer));
  const results = await Promise.allSettled(Array.from({ length: 5 }, () => guarded.sign(order)));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
  expect(results.filter((result) => result.status === 'rejected' && result.reason instanceof NotSigned)).toHaveLength(
    3,
  );
  expect(calls.count).toBe(2);
});

/** What one call is counted as. */
const countedAs = async (sign: Provider['sign']): Promise<unknown[]> => {
  const counted: unknown[] = [];
  const providerAnswered = (provider: string, outcome: ProviderOutcome) => void counted.push([provider, outcome]);
  const provider: Provider = { name: 'far', repeats: 'none', sign };
  const observed = observeProvider(provider, { ...noMeter, providerAnswered }, noTracer);
  await observed.sign(order).then(
    (answer) => expect(answer).toBe(answer),
    () => {},
  );
  return counted;
};

test.each<[ProviderOutcome, string, Provider['sign']]>([
  ['signed', 'an answer', async () => answer],
  ['refused', 'a problem that no repeat can solve', () => Promise.reject(new Problem('placement-invalid'))],
  ['not-signed', 'a call that surely did not sign', () => Promise.reject(new NotSigned(new Error('busy')))],
  ['unknown', 'a problem that may pass', () => Promise.reject(new Problem('storage-unavailable'))],
  ['unknown', 'a lost answer', () => Promise.reject(new Error('cut off'))],
])('%s: %s', async (outcome, _name, sign) => {
  expect(await countedAs(sign)).toEqual([['far', outcome]]);
});

test('what a provider can do is what it could, and failures go on', async () => {
  const provider: Provider = { name: 'far', repeats: 'lookup', quarantineMs: 5, sign: fail, find: async () => answer };
  const observed = observeProvider(provider, noMeter, noTracer);
  expect(observed).toMatchObject({ name: 'far', repeats: 'lookup', quarantineMs: 5 });
  await expect(observed.sign(order)).rejects.toThrow('cut off');
  if (observed.repeats === 'lookup') expect(await observed.find(order)).toBe(answer);
});
