import { NotSigned, type Provider } from '../src/providers/provider.ts';

/** A provider that is never reached: what it is asked was surely not signed. */
export const awayProvider: Provider = {
  name: 'away',
  repeats: 'key',
  sign: () => Promise.reject(new NotSigned(new Error('away'))),
};
