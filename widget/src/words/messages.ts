import type { AutographMethod, Locale, SignatureLevel } from '@tu-esign/contract';
import type { Stage } from '../host/events.ts';
import type { AnyProblemType } from '../host/problem-type.ts';
import type { ProblemKind } from './problem-kinds.ts';
import type { ReadingMessages } from './reading-messages.ts';

export type { Locale };

/** What keeps the document from being signed yet. */
export type Missing = 'document' | 'pages' | 'autograph' | 'initials' | 'consents' | 'consent';

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
  steps: Record<'read' | 'sign' | 'keep', string>;
  /** On a phone: leads to the pad. */
  goToSign: string;
  readOn: string;
  readAll: string;
  showFiles: string;
  show: string;
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
  /** Opens what is rarely wanted. */
  moreOptions: string;
  rememberMethod: string;
  handOff: string;
  handOffCode: string;
  handOffAdvice: string;
  handOffLink: string;
  handOffClose: string;
  handOffFailed: string;
  typedText: string;
  chooseHand: string;
  initials: string;
  typedInitials: string;
  initialsPad: string;
  /** One act for all of them. */
  placeInitials: (pages: number) => string;
  initialsPlaced: (pages: number) => string;
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
  /** Until a finger has tapped the pad, it scrolls. */
  tapToSign: string;
  /** The same two, on the pad for initials. */
  initialsHere: string;
  tapForInitials: string;
  enlargePad: string;
  padDone: string;
  undo: string;
  clear: string;
  /** Opens the rest of what is agreed to. */
  consentRest: string;
  /** Behind a consent that may be left out. */
  mayBeLeft: string;
  readMore: string;
  sign: string;
  missing: Record<Exclude<Missing, 'autograph' | 'pages'>, string>;
  missingAutograph: Record<AutographMethod, string>;
  /** In place of `missingAutograph.draw`, where something is drawn. */
  missingInk: string;
  toSign: (missing: string) => string;
  /** In its place once nothing is missing. */
  readyToSign: string;
  decline: string;
  declineQuestion: string;
  declineAdvice: (host: string) => string;
  declineReason: string;
  optional: string;
  declineConfirm: string;
  cancel: string;
  stages: Record<Stage, string>;
  progress: string;
  review: string;
  done: string;
  doneAdvice: string;
  /** Time with its zone, as the signed document tells it. */
  signedAt: (time: string) => string;
  centralTime: string;
  download: string;
  print: string;
  declined: string;
  declinedAdvice: (host: string) => string;
  declinedReason: string;
  files: string;
  documentFile: string;
  documentFileAdvice: string;
  /** What can be said of it later, by the level of PAdES that it has. */
  durability: Readonly<Record<SignatureLevel, string>>;
  keyCertificate: string;
  keyCertificateAdvice: string;
  conservationCertificate: string;
  /** What it shows, from that day on. */
  conservationAdvice: (day: string) => string;
  conservationAccredited: (issuer: string) => string;
  conservationNotAccredited: (issuer: string) => string;
  conservationLocal: string;
  verifyQuestion: string;
  verifyAdvice: string;
  /** Opens certificates and evidence. */
  proofs: string;
  localConservation: string;
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
  /** Whom to ask: the host by name, or whoever it is. */
  askHost: (host: string | undefined) => string;
  problemTitles: Record<ProblemKind, string>;
  problems: Record<AnyProblemType, string>;
}
