import type { EmbeddedAnswer } from '../src/providers/embedded.ts';
import type { Provider } from '../src/providers/provider.ts';
import { startEmbeddedSigning } from './embedded-signing.ts';

/** A provider of somebody else's that signs and loses the answer, and cannot be asked. */
export const startLostAnswers = async () => {
  const elsewhere = await startEmbeddedSigning();
  const signed: EmbeddedAnswer[] = [];
  const provider: Provider = {
    name: 'lost-answers',
    repeats: 'none',
    async sign(order) {
      signed.push(await elsewhere.provider.sign(order));
      throw new Error('the connection was closed');
    },
  };
  return {
    provider,
    /** What was signed, which nobody was told of. */
    signed,
    rootPem: elsewhere.authority.rootPem,
    stop: elsewhere.stop,
  };
};
