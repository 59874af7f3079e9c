import type { Provider } from '../src/providers/provider.ts';
import { hosts } from './tokens.ts';

/** A provider that answers once it is let, and the hosts that use it. */
export const createWaitingProvider = () => {
  const { promise, resolve: answer } = Promise.withResolvers<void>();
  const provider: Provider = {
    name: 'waiting',
    repeats: 'key',
    async sign({ document }) {
      await promise;
      return { document: new Uint8Array(document), keyCertificate: Buffer.from('PEM') };
    },
  };
  const asked = hosts.map((host) => Object.assign({}, host, { provider: provider.name }));
  return { provider, answer, hosts: asked };
};
