import { problems } from '@tu-esign/contract';
import { throughGuard, withinSpan, type Around } from '#network/around.ts';
import { NotCalled, type Guard } from '#network/guard.ts';
import { Problem } from '#problem.ts';
import type { Meter, ProviderOutcome } from '#telemetry/meter.ts';
import type { Tracer } from '#telemetry/tracer.ts';
import { NotSigned, type Provider } from './provider.ts';

/** The same provider, each of its calls made with something around it. */
export const aroundProvider = (provider: Provider, around: Around): Provider => {
  const sign: Provider['sign'] = (order, signal) =>
    around({ method: 'sign', signing: order.id, signal }, (own) => provider.sign(order, own));
  const findKeyCertificate: Provider['findKeyCertificate'] = (order, signal) =>
    around({ method: 'find key certificate', signing: order.id, signal }, (own) =>
      provider.findKeyCertificate!(order, own),
    );
  const same = { name: provider.name, sign, ...(provider.findKeyCertificate && { findKeyCertificate }) };
  if (provider.repeats !== 'lookup') return { ...same, repeats: provider.repeats };
  const { repeats, quarantineMs } = provider;
  const find: typeof provider.find = (order, signal) =>
    around({ method: 'find', signing: order.id, signal }, (own) => provider.find(order, own));
  return { ...same, repeats, quarantineMs, find };
};

/** The same provider behind a guard: where a call to sign was not made, it is certain that nothing was signed. */
export const guardProvider = (provider: Provider, guard: Guard): Provider => {
  const guarded = throughGuard(guard);
  return aroundProvider(provider, async (call, make) => {
    try {
      return await guarded(call, make);
    } catch (error) {
      throw error instanceof NotCalled && call.method === 'sign' ? new NotSigned(error) : error;
    }
  });
};

/** The same provider, with its calls traced, and those to sign counted by how they ended. */
export const observeProvider = (provider: Provider, meter: Meter, tracer: Tracer): Provider => {
  const { name } = provider;
  const traced = aroundProvider(provider, withinSpan(tracer, 'provider', { 'tu_esign.provider': name }));
  const sign: Provider['sign'] = async (order, signal) => {
    try {
      const signed = await traced.sign(order, signal);
      meter.providerAnswered(name, 'taken' in signed ? 'pending' : 'signed');
      return signed;
    } catch (error) {
      meter.providerAnswered(name, outcomeOf(error));
      throw error;
    }
  };
  return { ...traced, sign };
};

const outcomeOf = (error: unknown): ProviderOutcome => {
  if (error instanceof NotSigned) return 'not-signed';
  return error instanceof Problem && !problems[error.type].retryable ? 'refused' : 'unknown';
};
