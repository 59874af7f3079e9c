import type { AutographMethod, Locale } from '@tu-esign/contract';
import type { PictureFault } from '../autograph/read-picture.ts';
import type { Stage } from '../host/events.ts';
import type { AnyProblemType } from '../host/problem-type.ts';
import type { ReadingMessages } from './reading-messages.ts';

export type { Locale };

/** What keeps the document from being signed yet. */
export type Missing = 'document' | 'pages' | 'autograph' | 'consent';

/** Everything the element says, in one language. A problem without a text does not compile. */
export interface Messages {
  /** BCP 47: for what reads it out, and for dates, numbers and lists. */
  language: string;
  direction: 'ltr' | 'rtl';
  signingRequestOf: (host: string) => string;
  waiting: string;
  loading: string;
  checking: (checked: number, pages: number) => string;
  document: string;
  signedDocument: string;
  documentRegion: string;
  pageOf: (page: number, pages: number) => string;
  reading: ReadingMessages;
  zoomIn: string;
  zoomOut: string;
  fitWidth: string;
  zoomedTo: (percent: number) => string;
  signatory: string;
  name: string;
  email: string;
  rfc: string;
  sequence: (position: number, of: number) => string;
  othersToSign: (others: number) => string;
  allSigned: string;
  sequenceEnded: string;
  autograph: string;
  howToSign: string;
  methods: Record<AutographMethod, string>;
  rememberMethod: string;
  handOff: string;
  handOffCode: string;
  handOffAdvice: string;
  handOffLink: string;
  handOffClose: string;
  handOffFailed: string;
  typedText: string;
  chooseHand: string;
  hand: (number: number) => string;
  lettersMissing: (letters: string[]) => string;
  choosePicture: string;
  chooseOther: string;
  pictureHint: string;
  readingPicture: string;
  pictureFound: string;
  pictureFaults: Record<PictureFault, string>;
  padLabel: string;
  padHint: string;
  padKeys: string;
  penDown: string;
  signHere: string;
  undo: string;
  clear: string;
  consent: string;
  sign: string;
  missing: Record<Exclude<Missing, 'autograph' | 'pages'>, string>;
  missingAutograph: Record<AutographMethod, string>;
  toSign: (missing: string) => string;
  decline: string;
  declineQuestion: string;
  declineAdvice: string;
  declineReason: string;
  optional: string;
  declineConfirm: string;
  cancel: string;
  stages: Record<Stage, string>;
  progress: string;
  review: string;
  done: string;
  doneAdvice: string;
  signedAt: (time: string) => string;
  download: string;
  print: string;
  declined: string;
  declinedAdvice: string;
  declinedReason: string;
  files: string;
  documentFile: string;
  documentFileAdvice: string;
  keyCertificate: string;
  keyCertificateAdvice: string;
  conservationCertificate: string;
  conservationAdvice: string;
  conservationAccredited: (issuer: string) => string;
  conservationNotAccredited: (issuer: string) => string;
  conservationLocal: string;
  verifyQuestion: string;
  verifyAdvice: string;
  evidence: string;
  pending: string;
  failed: string;
  later: string;
  opensInTab: string;
  retry: string;
  renew: string;
  retrying: string;
  sentLater: string;
  hostSays: (host: string) => string;
  brokenPage: (page: number) => string;
  problems: Record<AnyProblemType, string>;
}

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
