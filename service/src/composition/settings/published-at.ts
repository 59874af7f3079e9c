import type { Config } from './config.ts';

/** Where certificates say that the service tells what is revoked; undefined where nobody outside of this machine reaches it. */
export const publishedAt = ({ revocationUrl, publicUrl }: Pick<Config, 'revocationUrl' | 'publicUrl'>) =>
  revocationUrl ?? publicUrl;
