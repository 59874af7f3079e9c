import { NotCalled, type Guard } from '#guard.ts';
import { NotSigned, type Provider, type SignedDocument } from './provider.ts';

/** The same provider behind a guard: a call that was not made has signed nothing. */
export const guardProvider = (provider: Provider, guard: Guard): Provider => {
  const sign: Provider['sign'] = async (order): Promise<SignedDocument> => {
    try {
      return await guard((signal) => provider.sign(order, signal));
    } catch (error) {
      throw error instanceof NotCalled ? new NotSigned(error) : error;
    }
  };
  const { name } = provider;
  if (provider.repeats !== 'lookup') return { name, repeats: provider.repeats, sign };
  const { repeats, quarantineMs } = provider;
  return { name, repeats, quarantineMs, sign, find: (order) => guard((signal) => provider.find(order, signal)) };
};
