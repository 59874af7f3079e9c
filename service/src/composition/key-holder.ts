import { createCscHolder } from '#keys/custody/csc/holder.ts';
import { keysInFiles, type KeyHolder } from '#keys/custody/key-holder.ts';
import { createTokenHolder } from '#keys/custody/token-holder.ts';
import type { Config } from './settings/config.ts';

export type HolderSettings = Pick<Config, 'tokenModule' | 'tokenLabel' | 'tokenPin' | 'csc'>;

/**
 * Who makes and finds the keys that sign: the files themselves, or a PKCS #11 token where one is set; and a remote signer for the
 * kinds that it has credentials of.
 */
export const openKeyHolder = ({ csc, ...settings }: HolderSettings): KeyHolder => {
  const { tokenModule: module, tokenLabel: token, tokenPin: pin } = settings;
  const here = module && token && pin ? createTokenHolder({ module, token, pin }) : keysInFiles;
  return csc ? createCscHolder(csc, here) : here;
};
