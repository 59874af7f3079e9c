import { keysInFiles, type KeyHolder } from '#keys/custody/key-holder.ts';
import { createTokenHolder } from '#keys/custody/token-holder.ts';
import type { Config } from './settings/config.ts';

export type HolderSettings = Pick<Config, 'tokenModule' | 'tokenLabel' | 'tokenPin'>;

/** Who makes and finds the keys that sign: the files themselves, or a PKCS #11 token where one is set. */
export const openKeyHolder = ({ tokenModule: module, tokenLabel: token, tokenPin: pin }: HolderSettings): KeyHolder =>
  module && token && pin ? createTokenHolder({ module, token, pin }) : keysInFiles;
