import type { AutographMethod, Locale } from '@tu-esign/contract';
import type { Stage } from '../host/events.ts';
import type { AnyProblemType } from '../host/problem-type.ts';
import type { ReadingMessages } from './reading-messages.ts';

export type { Locale };

/** What keeps the document from being signed yet. */
export type Missing = 'document' | 'pages' | 'autograph' | 'consent';

/** Why a picture of an autograph cannot be taken. */
export type PictureFault = 'type' | 'size' | 'unreadable' | 'no-ink' | 'canvas';

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
  /** What is drawn is no autograph yet. */
  littleInk: string;
  penDown: string;
  signHere: string;
  undo: string;
  clear: string;
  consent: string;
  sign: string;
  missing: Record<Exclude<Missing, 'autograph' | 'pages'>, string>;
  missingAutograph: Record<AutographMethod, string>;
  /** In place of `missingAutograph.draw`, where something is drawn. */
  missingInk: string;
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
