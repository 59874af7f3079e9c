export { TuEsign } from './tu-esign.ts';
export type { BeforeSign, BeforeSignHook } from './before-sign.ts';
export type { HandOffHook } from './hand-off-hook.ts';
export type { OwnMessages } from './words/message-set.ts';
export {
  TuEsignActivityEvent,
  TuEsignDeclinedEvent,
  TuEsignErrorEvent,
  TuEsignProgressEvent,
  TuEsignReadyEvent,
  TuEsignSignedEvent,
  TuEsignTokenExpiringEvent,
  type ConservationFile,
  type Signed,
  type SignedFile,
  type Stage,
} from './events.ts';
export type { AnyProblemType, ElementProblemType, ProblemType } from './problem-type.ts';
