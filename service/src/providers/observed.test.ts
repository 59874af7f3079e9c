import { expect, test } from 'vitest';
import { noMeter, type ProviderOutcome } from '#telemetry/meter.ts';
import { Problem } from '#problem.ts';
import { noTracer } from '#telemetry/tracer.ts';
import { observeProvider } from './observed.ts';
import { NotSigned, type Provider, type SigningOrder } from './provider.ts';

const order = { id: 'one' } as SigningOrder;
const signed = { document: Buffer.from('signed'), keyCertificate: Buffer.from('PEM') };

/** What one call is counted as. */
const countedAs = async (sign: Provider['sign']): Promise<unknown[]> => {
  const counted: unknown[] = [];
  const providerAnswered = (provider: string, outcome: ProviderOutcome) => void counted.push([provider, outcome]);
  const provider: Provider = { name: 'far', repeats: 'none', sign };
  const observed = observeProvider(provider, { ...noMeter, providerAnswered }, noTracer);
  await observed.sign(order).then(
    (answer) => expect(answer).toBe(signed),
    () => {},
  );
  return counted;
};

test.each<[ProviderOutcome, string, Provider['sign']]>([
  ['signed', 'an answer', async () => signed],
  ['refused', 'a problem that no repeat can solve', () => Promise.reject(new Problem('placement-invalid'))],
  ['not-signed', 'a call that surely did not sign', () => Promise.reject(new NotSigned(new Error('busy')))],
  ['unknown', 'a problem that may pass', () => Promise.reject(new Problem('storage-unavailable'))],
  ['unknown', 'a lost answer', () => Promise.reject(new Error('cut off'))],
])('%s: %s', async (outcome, _name, sign) => {
  expect(await countedAs(sign)).toEqual([['far', outcome]]);
});

const fail = () => Promise.reject(new Error('cut off'));

test('what a provider can do is what it could, and failures go on', async () => {
  const provider: Provider = { name: 'far', repeats: 'lookup', quarantineMs: 5, sign: fail, find: async () => signed };
  const observed = observeProvider(provider, noMeter, noTracer);
  expect(observed).toMatchObject({ name: 'far', repeats: 'lookup', quarantineMs: 5 });
  await expect(observed.sign(order)).rejects.toThrow('cut off');
  if (observed.repeats === 'lookup') expect(await observed.find(order)).toBe(signed);
});
