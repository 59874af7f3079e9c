import { problems } from '@tu-esign/contract';
import type { Meter, ProviderOutcome } from '#telemetry/meter.ts';
import { Problem } from '#problem.ts';
import type { Tracer } from '#telemetry/tracer.ts';
import { NotSigned, type Provider } from './provider.ts';

/** The same provider, with its calls counted by what they told, and traced. */
export const observeProvider = (provider: Provider, meter: Meter, tracer: Tracer): Provider => {
  const { name } = provider;
  const trace = <T>(call: string, signing: string, work: () => Promise<T>): Promise<T> => {
    const attributes = { 'tu_esign.provider': name, 'tu_esign.signing': signing };
    return tracer.trace({ name: `provider ${call}`, kind: 'client', attributes }, work);
  };
  const sign: Provider['sign'] = async (order, signal) => {
    try {
      const signed = await trace('sign', order.id, () => provider.sign(order, signal));
      meter.providerAnswered(name, 'taken' in signed ? 'pending' : 'signed');
      return signed;
    } catch (error) {
      meter.providerAnswered(name, outcomeOf(error));
      throw error;
    }
  };
  const findKeyCertificate: Provider['findKeyCertificate'] = (order, signal) =>
    trace('find key certificate', order.id, () => provider.findKeyCertificate!(order, signal));
  const same = { name, sign, ...(provider.findKeyCertificate && { findKeyCertificate }) };
  if (provider.repeats !== 'lookup') return { ...same, repeats: provider.repeats };
  const { repeats, quarantineMs } = provider;
  const find: typeof provider.find = (order, signal) => trace('find', order.id, () => provider.find(order, signal));
  return { ...same, repeats, quarantineMs, find };
};

const outcomeOf = (error: unknown): ProviderOutcome => {
  if (error instanceof NotSigned) return 'not-signed';
  return error instanceof Problem && !problems[error.type].retryable ? 'refused' : 'unknown';
};
