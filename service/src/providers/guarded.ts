import { NotCalled, type Guard } from '#network/guard.ts';
import { NotSigned, type Provider } from './provider.ts';

/** The same provider behind a guard: a call that was not made has signed nothing. */
export const guardProvider = (provider: Provider, guard: Guard): Provider => {
  const sign: Provider['sign'] = async (order, given) => {
    try {
      return await guard((signal) => provider.sign(order, given ? AbortSignal.any([signal, given]) : signal));
    } catch (error) {
      throw error instanceof NotCalled ? new NotSigned(error) : error;
    }
  };
  const findKeyCertificate: Provider['findKeyCertificate'] = (order) =>
    guard((signal) => provider.findKeyCertificate!(order, signal));
  const { name } = provider;
  const same = { name, sign, ...(provider.findKeyCertificate && { findKeyCertificate }) };
  if (provider.repeats !== 'lookup') return { ...same, repeats: provider.repeats };
  const { repeats, quarantineMs } = provider;
  return { ...same, repeats, quarantineMs, find: (order) => guard((signal) => provider.find(order, signal)) };
};
