export { TuEsign } from './tu-esign.ts';
export {
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
