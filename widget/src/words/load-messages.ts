import type { Locale, Messages } from './messages.ts';

/** Fetches the words of one language. */
export async function loadMessages(locale: Locale): Promise<Messages> {
  if (locale === 'es-MX') return (await import('./messages-es-mx.ts')).esMX;
  if (locale === 'pt-BR') return (await import('./messages-pt-br.ts')).ptBR;
  return (await import('./messages-en.ts')).en;
}

/** The first wish that names a language; Spanish and Portuguese of whatever country are ours, all else is English. */
export function chooseLocale(...wishes: (string | null | undefined)[]): Locale {
  const wish = wishes.find(Boolean) ?? '';
  if (/^es\b/i.test(wish)) return 'es-MX';
  return /^pt\b/i.test(wish) ? 'pt-BR' : 'en';
}
