import type { Provider } from '../src/providers/provider.ts';
import { startEmbeddedSigning } from './embedded-signing.ts';
import { hosts } from './tokens.ts';

/** A provider of somebody else's that signs once it is let, and the hosts that use it. */
export const startWaitingProvider = async () => {
  const { promise, resolve: answer } = Promise.withResolvers<void>();
  const elsewhere = await startEmbeddedSigning();
  const provider: Provider = {
    name: 'waiting',
    repeats: 'key',
    async sign(order) {
      await promise;
      return elsewhere.provider.sign(order);
    },
  };
  const asked = hosts.map((host) => Object.assign({}, host, { provider: provider.name }));
  return { provider, answer, hosts: asked, stop: elsewhere.stop };
};
