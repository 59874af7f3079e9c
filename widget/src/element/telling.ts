import type { SigningView } from '@tu-esign/contract';
import { isRetryable } from '../host/element-problem.ts';
import {
  TuEsignDeclinedEvent,
  TuEsignErrorEvent,
  TuEsignProgressEvent,
  TuEsignSignedEvent,
  type Signed,
} from '../host/events.ts';
import type { AnyProblemType } from '../host/problem-type.ts';
import type { Telling } from '../visit/visit.ts';
import { within } from '../visit/within.ts';

const hintWithin = 6_000;

/** Tells the host's page by an event, and its developers of what they can do about an error. */
export async function tell(element: EventTarget, telling: Telling, service: URL): Promise<void> {
  if (!('error' in telling)) return void element.dispatchEvent(toEvent(telling));
  const { error } = telling;
  element.dispatchEvent(new TuEsignErrorEvent(error, isRetryable(error), await hintOf(error, service)));
}

/** Fetched when it is needed, which may fail for the same reason. */
const hintOf = (error: AnyProblemType, service: URL): Promise<string | undefined> =>
  within(
    import('../host/diagnosis.ts').then(({ diagnose }) => diagnose(error, service)),
    hintWithin,
    () => new Error('no hint in time'),
  ).catch(() => undefined);

function toEvent(telling: Exclude<Telling, { error: AnyProblemType }>): Event {
  if ('progress' in telling) return new TuEsignProgressEvent(telling.progress);
  if ('signed' in telling) return new TuEsignSignedEvent(toSigned(telling.signed));
  return new TuEsignDeclinedEvent(telling.declined);
}

const toSigned = ({ identifier, id, outputs }: SigningView): Signed => ({
  identifier,
  id,
  digest: outputs.document.digest ?? '',
  outputs,
});
