import type { AnsweredConsent, Consent, HostConsent, Locale, SigningRequest } from '@tu-esign/contract';
import { Problem } from '#problem.ts';
import { digestOf } from './digest.ts';

/**
 * What the signatory agrees to, word for word, with the host by name where it says `{host}`. A text is never edited
 * once released: a new wording is a new entry in front, and the older ones stay valid for those who read them before.
 */
const texts: Record<Locale, readonly [string, ...string[]]> = {
  'es-MX': [
    'He leído el documento completo y acepto firmarlo por medios electrónicos. Reconozco como mía la representación ' +
      'gráfica de mi firma que puse en esta página y consiento que se incorpore al documento junto con mi nombre, la ' +
      'fecha y la hora. Consiento también que {host}, que me solicita esta firma, conserve como evidencia de este acto ' +
      'los datos con los que me identificó, el texto que acepto, las páginas que vi, la imagen de mi firma y cómo se ' +
      'hizo, la fecha y la hora, y la dirección de red y el navegador que usé, conforme a su aviso de privacidad. Sé ' +
      'que mi firma por medios electrónicos tiene los mismos efectos jurídicos que mi firma autógrafa.',
    'He leído el documento completo y acepto firmarlo por medios electrónicos. Reconozco como mía la representación ' +
      'gráfica de mi firma que puse en esta página y consiento que se incorpore al documento junto con mi nombre, la ' +
      'fecha y la hora. Consiento también que la empresa que me solicita esta firma, cuyo nombre aparece en esta ' +
      'página, conserve como evidencia de este acto los datos con los que me identificó, el texto que acepto, las ' +
      'páginas que vi, la imagen de mi firma y cómo se hizo, la fecha y la hora, y la dirección de red y el navegador ' +
      'que usé, conforme a su aviso de privacidad. Sé que mi firma por medios electrónicos tiene los mismos efectos ' +
      'jurídicos que mi firma autógrafa.',
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
    'I have read the whole document and agree to sign it electronically. I recognise the graphic representation of my ' +
      'signature that I put on this page as mine, and consent to its being placed in the document together with my ' +
      'name, the date and the time. I also consent to {host}, which has requested this signature, keeping as evidence ' +
      'of this act the data by which it identified me, the text I agree to, the pages I viewed, the image of my ' +
      'signature and how it was made, the date and the time, and the network address and browser I used, as its ' +
      'privacy notice says. I understand that my electronic signature has the same legal effects as my handwritten one.',
    'I have read the whole document and agree to sign it electronically. I recognise the graphic representation of my ' +
      'signature that I put on this page as mine, and consent to its being placed in the document together with my ' +
      'name, the date and the time. I also consent to the company that has requested this signature, whose name is on ' +
      'this page, keeping as evidence of this act the data by which it identified me, the text I agree to, the pages I ' +
      'viewed, the image of my signature and how it was made, the date and the time, and the network address and ' +
      'browser I used, as its privacy notice says. I understand that my electronic signature has the same legal ' +
      'effects as my handwritten one.',
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
    'Li o documento por inteiro e concordo em assiná-lo por meio eletrônico. Reconheço como minha a representação ' +
      'gráfica da minha assinatura que apus nesta página e consinto que ela seja incorporada ao documento junto com ' +
      'meu nome, a data e a hora. Consinto também que {host}, que solicita esta assinatura, conserve como evidência ' +
      'deste ato os dados com que me identificou, o texto que aceito, as páginas que vi, a imagem da minha assinatura ' +
      'e como foi feita, a data e a hora, e o endereço de rede e o navegador que usei, conforme o seu aviso de ' +
      'privacidade. Sei que minha assinatura por meio eletrônico tem os mesmos efeitos jurídicos que minha assinatura ' +
      'manuscrita.',
    'Li o documento por inteiro e concordo em assiná-lo por meio eletrônico. Reconheço como minha a representação ' +
      'gráfica da minha assinatura que apus nesta página e consinto que ela seja incorporada ao documento junto com ' +
      'meu nome, a data e a hora. Consinto também que a empresa que solicita esta assinatura, cujo nome aparece nesta ' +
      'página, conserve como evidência deste ato os dados com que me identificou, o texto que aceito, as páginas que ' +
      'vi, a imagem da minha assinatura e como foi feita, a data e a hora, e o endereço de rede e o navegador que usei, ' +
      'conforme o seu aviso de privacidade. Sei que minha assinatura por meio eletrônico tem os mesmos efeitos ' +
      'jurídicos que minha assinatura manuscrita.',
    'Li o documento por inteiro e concordo em assiná-lo por meio eletrônico. Reconheço como minha a assinatura ' +
      'autógrafa que apus nesta página, consinto que ela seja incorporada ao documento junto com meu nome, a data ' +
      'e a hora, e que os dados deste ato sejam conservados como evidência. Sei que este documento assinado ' +
      'eletronicamente me obriga da mesma forma que se eu o tivesse assinado em papel.',
  ],
};

interface ConsentText extends Consent {
  text: string;
}

// What the name says is no pattern.
const fillIn = (text: string, hostName: string): string => text.replaceAll('{host}', () => hostName);

/** Its digest is of the words as they are shown: with the name in them. */
const toConsent = (locale: Locale, text: string, hostName: string): ConsentText => {
  const shown = fillIn(text, hostName);
  return { locale, text: shown, digest: digestOf(shown) };
};

/** The current text in every language, for who signs what this host asks. */
export const currentConsents = (hostName: string): ConsentText[] =>
  Object.entries(texts).map(([locale, [current]]) => toConsent(locale as Locale, current, hostName));

/**
 * The text a consent names, as this host's signatories were shown it.
 * @throws Problem consent-unknown
 */
export const findConsentText = ({ locale, digest }: Consent, hostName: string): string => {
  const found = texts[locale]
    .map((text) => toConsent(locale, text, hostName))
    .find((consent) => consent.digest === digest);
  if (!found) throw new Problem('consent-unknown');
  return found.text;
};

type Asked = Pick<SigningRequest, 'consents'>;

/** What the host wants to be agreed to or not, each with the digest of its words. */
export const hostConsentsOf = ({ consents = [] }: Asked): (HostConsent & { digest: string })[] =>
  consents.map((consent) => ({ ...consent, digest: digestOf(consent.text) }));

/** What became of each, as far as it was answered. */
export const answeredConsents = (asked: Asked, { consents: answers = [] }: Consent): AnsweredConsent[] =>
  hostConsentsOf(asked).flatMap((consent) => {
    const answer = answers.find(({ id }) => id === consent.id);
    return answer ? [{ ...consent, accepted: answer.accepted }] : [];
  });

/**
 * Each is answered once, to the words that are asked now, and what is required is given.
 * @throws Problem consents-missing, consent-unknown
 */
export const requireAnswers = (asked: Asked, consent: Consent): void => {
  const all = hostConsentsOf(asked);
  const { consents: answers = [] } = consent;
  const isKnown = answers.every(({ id, digest }) => all.some((one) => one.id === id && one.digest === digest));
  const isOnce = new Set(answers.map(({ id }) => id)).size === answers.length;
  if (!isKnown || !isOnce)
    throw new Problem('consent-unknown', 'An answer is to a consent that the host does not ask for');
  const lacking = all.filter(({ id, required }) => {
    const answer = answers.find((one) => one.id === id);
    return !answer || (required && !answer.accepted);
  });
  if (lacking.length === 0) return;
  const errors = lacking.map(({ id }) => ({
    pointer: '#/consent/consents',
    detail: `${id}: is not answered, or not given`,
  }));
  throw new Problem('consents-missing', undefined, { errors });
};
