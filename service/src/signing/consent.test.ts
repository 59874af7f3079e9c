import { expect, test } from 'vitest';
import { currentConsents, findConsentText } from './consent.ts';
import { digestOf } from './digest.ts';

test('there is one current text in each language, named by its digest', () => {
  const consents = currentConsents();
  expect(consents.map(({ locale }) => locale).sort((a, b) => a.localeCompare(b))).toEqual(['en', 'es-MX']);
  for (const { locale, digest, text } of consents) {
    expect(digest).toBe(digestOf(text));
    expect(findConsentText({ locale, digest })).toBe(text);
  }
});

test('a released text is never edited: who read it must find it word for word', () => {
  const released = {
    'es-MX': '06acb76e4c755511ff043df37ea241792432d6d239ae6c65c25f31b63810f8a1',
    en: 'a4700d9bbe9b1888676ac09094e8e63d1d67d9696999c4e31ac36b4e312f3c96',
  } as const;
  for (const locale of ['es-MX', 'en'] as const) {
    expect(digestOf(findConsentText({ locale, digest: released[locale] }))).toBe(released[locale]);
  }
});

test('a consent to another text, or to one of another language, is unknown', () => {
  const [first, second] = currentConsents();
  const unknown = expect.objectContaining({ type: 'consent-unknown' });
  expect(() => findConsentText({ locale: 'en', digest: digestOf('anything') })).toThrow(unknown);
  expect(() => findConsentText({ locale: first!.locale, digest: second!.digest })).toThrow(unknown);
});
