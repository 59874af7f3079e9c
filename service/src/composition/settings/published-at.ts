import type { PublishedAt } from '#authority/addresses.ts';
import type { Config } from './config.ts';

/**
 * Where certificates say that the service tells what is revoked; undefined where nobody outside of this machine reaches it. That
 * it is asked by OCSP, an operator says by giving an address for it.
 */
export const publishedAt = ({
  revocationUrl,
  publicUrl,
}: Pick<Config, 'revocationUrl' | 'publicUrl'>): PublishedAt | undefined => {
  const lists = revocationUrl ?? publicUrl;
  return lists === undefined ? undefined : { lists, status: revocationUrl };
};
