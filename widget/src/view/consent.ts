import type { Locale, SigningRequestView } from '@tu-esign/contract';

export type ConsentText = SigningRequestView['consents'][number];

/** The text in the element's language, or the first one the service has. */
export function chooseConsent({ consents }: SigningRequestView, locale: Locale): ConsentText {
  return consents.find((consent) => consent.locale === locale) ?? consents[0]!;
}
