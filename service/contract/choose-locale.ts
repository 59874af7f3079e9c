import type { Locale } from './signing-request.ts';

/**
 * The language that is spoken to who wishes for one: Spanish and Portuguese of whatever country are ours, all else is
 * English. The element chooses alike.
 */
export const chooseLocale = (wish: string): Locale => {
  if (/^es\b/i.test(wish)) return 'es-MX';
  return /^pt\b/i.test(wish) ? 'pt-BR' : 'en';
};
