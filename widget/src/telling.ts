import type { SigningView } from '@tu-esign/contract';
import { isRetryable } from './element-problem.ts';
import {
  TuEsignDeclinedEvent,
  TuEsignErrorEvent,
  TuEsignProgressEvent,
  TuEsignSignedEvent,
  type Signed,
} from './events.ts';
import type { Telling } from './visit.ts';

/** The event by which the host's page is told. */
export function toEvent(telling: Telling): Event {
  if ('progress' in telling) return new TuEsignProgressEvent(telling.progress);
  if ('error' in telling) return new TuEsignErrorEvent(telling.error, isRetryable(telling.error));
  if ('signed' in telling) return new TuEsignSignedEvent(toSigned(telling.signed));
  return new TuEsignDeclinedEvent(telling.declined);
}

const toSigned = ({ identifier, id, outputs }: SigningView): Signed => ({
  identifier,
  id,
  digest: outputs.document.digest ?? '',
  outputs,
});
