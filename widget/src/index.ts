export { TuEsign } from './element/tu-esign.ts';
export type { BeforeSign, BeforeSignHook, HandOffHook } from './host/hooks.ts';
export type { OwnMessages } from './words/message-set.ts';
export {
  TuEsignActivityEvent,
  TuEsignDeclinedEvent,
  TuEsignErrorEvent,
  TuEsignProgressEvent,
  TuEsignReadyEvent,
  TuEsignSignedEvent,
  TuEsignTokenExpiringEvent,
  type AnsweredConsent,
  type ConservationFile,
  type Signed,
  type SignedFile,
  type Stage,
} from './host/events.ts';
export type { AnyProblemType, ElementProblemType, ProblemType } from './host/problem-type.ts';
