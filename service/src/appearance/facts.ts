import type { Locale } from '@tu-esign/contract';
// By itself: threads need not load every schema of the wire for it.
import { timeZone } from '@tu-esign/contract/time-zone.ts';

/** What a visible signature says, in the language of the order. */
export interface Facts {
  locale: Locale;
  /** The signatory's full name. */
  signatory: string;
  /** When the signatory's act was accepted. */
  acceptedAt: Date;
  /** SHA-256 of the agreement as it was received, 64 hexadecimal digits. */
  digest: string;
  /** The host's id of the process. */
  identifier: string;
}

/** A label and its value. */
export interface Fact {
  label: string;
  value: string;
}

const labels = {
  'es-MX': {
    signatory: 'Firmado por',
    time: 'Fecha y hora',
    identifier: 'Identificador',
    digest: 'SHA-256 del documento',
  },
  en: { signatory: 'Signed by', time: 'Date and time', identifier: 'Identifier', digest: 'SHA-256 of the document' },
  'pt-BR': {
    signatory: 'Assinado por',
    time: 'Data e hora',
    identifier: 'Identificador',
    digest: 'SHA-256 do documento',
  },
} as const satisfies Record<Locale, object>;

const offsets = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });

const offsetOf = (time: Date): string => {
  const offset = offsets
    .formatToParts(time)
    .find(({ type }) => type === 'timeZoneName')
    ?.value.replace('GMT', '');
  return `UTC${(offset ?? '').replace('-', '−')}`;
};

const times = (locale: Locale): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' });

// Made once: making one costs more than drawing the whole signature.
const formats: Record<Locale, Intl.DateTimeFormat> = {
  'es-MX': times('es-MX'),
  en: times('en'),
  'pt-BR': times('pt-BR'),
};

const zoneNames = {
  'es-MX': 'Ciudad de México',
  en: 'Mexico City',
  'pt-BR': 'Cidade do México',
} as const satisfies Record<Locale, string>;

/** Date and time in central Mexico, with the zone and its offset: `24 nov 2026, 13:05:41 UTC−06:00, Ciudad de México`. */
const localTime = (time: Date, locale: Locale): string =>
  `${formats[locale].format(time)} ${offsetOf(time)}, ${zoneNames[locale]}`;

/** Who signed, when, which process it is, and of what document. */
export const listFacts = ({ locale, signatory, acceptedAt, identifier, digest }: Facts): [Fact, Fact, Fact, Fact] => {
  const own = labels[locale];
  return [
    { label: own.signatory, value: signatory },
    { label: own.time, value: localTime(acceptedAt, locale) },
    { label: own.identifier, value: identifier },
    { label: own.digest, value: `${digest.slice(0, 32)} ${digest.slice(32)}` },
  ];
};
