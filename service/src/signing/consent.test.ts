import type { Locale } from '@tu-esign/contract';
import { expect, test } from 'vitest';
import { currentConsents, findConsentText } from './consent.ts';
import { digestOf } from './digest.ts';

const host = 'Banco de Ejemplo, S.A.';

test('there is one current text in each language, named by its digest', () => {
  const consents = currentConsents(host);
  expect(consents.map(({ locale }) => locale).sort((a, b) => a.localeCompare(b))).toEqual(['en', 'es-MX', 'pt-BR']);
  for (const { locale, digest, text } of consents) {
    expect(digest).toBe(digestOf(text));
    expect(findConsentText({ locale, digest }, host)).toBe(text);
  }
});

test('each names the host, whatever its name is made of', () => {
  for (const name of [host, 'A $& B', '{host}']) {
    for (const { text } of currentConsents(name)) expect(text.split(name)).toHaveLength(2);
  }
});

test('a released text is never edited: who read it must find it word for word', () => {
  const released = {
    'es-MX': [
      'a1c8f656c498aa868c8a869e52283aab16fa04d302e7e84f9d4201a15ed28396',
      '736c16a690613836f847c8917fc73765a1985cf1d7d0af95ff3815d859da0220',
      '06acb76e4c755511ff043df37ea241792432d6d239ae6c65c25f31b63810f8a1',
      '028653862b7ca2438fac6d5100d59bf1045594f64a319e1a278c50941b161bf5',
    ],
    en: [
      '18d5535814f4db71bb0769fb19caeef8a7dcd9186b19c505a688ecf81150b512',
      '29762b1a2e680185ad7b1f55b92c044f9a18f810b5059bfe2478b0c157154b8a',
      'a4700d9bbe9b1888676ac09094e8e63d1d67d9696999c4e31ac36b4e312f3c96',
      'fc9d43cf161812c2588179456eb30750987f65e8e87815c138dcaebcfc5c1716',
    ],
    'pt-BR': [
      '1339597eff25164c912d9526f40201a1084c6eaf1f0c1b019a68e93d20361f07',
      '49ec6c44966d842da7526392cff1466ccc25e672de0f81f517fa9e4c2dfd4508',
      '6f37b3b137ecbf5baa81c0bdae550acb003f54622aae4e49940fcd3e6838a4f1',
    ],
  };
  for (const [locale, digests] of Object.entries(released)) {
    for (const digest of digests) {
      expect(digestOf(findConsentText({ locale: locale as Locale, digest }, host))).toBe(digest);
    }
  }
});

test('a consent to another text, to one of another language, or to one that names another host, is unknown', () => {
  const [first, second] = currentConsents(host);
  const [other] = currentConsents('Otro Banco');
  const unknown = expect.objectContaining({ type: 'consent-unknown' });
  expect(() => findConsentText({ locale: 'en', digest: digestOf('anything') }, host)).toThrow(unknown);
  expect(() => findConsentText({ locale: first!.locale, digest: second!.digest }, host)).toThrow(unknown);
  expect(() => findConsentText({ locale: first!.locale, digest: other!.digest }, host)).toThrow(unknown);
});
