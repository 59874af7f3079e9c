import type { Consent, Locale } from '@tu-esign/contract';
import { Problem } from '#problem.ts';
import { digestOf } from './digest.ts';

/**
 * What the signatory agrees to, word for word. A text is never edited once released: a new wording is a new
 * entry in front, and the older ones stay valid for those who read them before.
 */
const texts: Record<Locale, readonly [string, ...string[]]> = {
  'es-MX': [
    'He leído el documento completo y acepto firmarlo por medios electrónicos. Reconozco como mía la firma ' +
      'autógrafa que puse en esta página, consiento que se incorpore al documento junto con mi nombre, la fecha ' +
      'y la hora, y que se conserven los datos de este acto como evidencia. Sé que este documento firmado ' +
      'electrónicamente me obliga igual que si lo hubiera firmado en papel.',
    'He leído el documento completo y acepto firmarlo por medios electrónicos. Reconozco como mía la firma ' +
      'autógrafa que tracé en esta página, consiento que se incorpore al documento junto con mi nombre, la fecha ' +
      'y la hora, y que se conserven los datos de este acto como evidencia. Sé que este documento firmado ' +
      'electrónicamente me obliga igual que si lo hubiera firmado en papel.',
  ],
  en: [
    'I have read the whole document and agree to sign it electronically. I recognise the autograph I put on this ' +
      'page as mine, and consent to its being placed in the document together with my name, the date and the ' +
      'time, and to the record of this act being kept as evidence. I understand that this electronically signed ' +
      'document binds me as if I had signed it on paper.',
    'I have read the whole document and agree to sign it electronically. I recognise the autograph I drew on this ' +
      'page as mine, and consent to its being placed in the document together with my name, the date and the ' +
      'time, and to the record of this act being kept as evidence. I understand that this electronically signed ' +
      'document binds me as if I had signed it on paper.',
  ],
  'pt-BR': [
    'Li o documento por inteiro e concordo em assiná-lo por meio eletrônico. Reconheço como minha a assinatura ' +
      'autógrafa que apus nesta página, consinto que ela seja incorporada ao documento junto com meu nome, a data ' +
      'e a hora, e que os dados deste ato sejam conservados como evidência. Sei que este documento assinado ' +
      'eletronicamente me obriga da mesma forma que se eu o tivesse assinado em papel.',
  ],
};

interface ConsentText extends Consent {
  text: string;
}

const published: ConsentText[] = Object.entries(texts).flatMap(([locale, versions]) =>
  versions.map((text) => ({ locale: locale as Locale, text, digest: digestOf(text) })),
);

/** The current text in every language. */
export const currentConsents = (): ConsentText[] => published.filter(({ locale, text }) => text === texts[locale][0]);

/**
 * The text a consent names.
 * @throws Problem consent-unknown
 */
export const findConsentText = (consent: Consent): string => {
  const found = published.find(({ locale, digest }) => locale === consent.locale && digest === consent.digest);
  if (!found) throw new Problem('consent-unknown');
  return found.text;
};
