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
import type { Emission } from '../visit/session.ts';
import { within } from '../visit/within.ts';

const hintWithin = 6_000;

/** Tells the host's page by an event, and its developers of what they can do about an error. */
export async function emit(element: EventTarget, emission: Emission, service: URL): Promise<void> {
  element.dispatchEvent(await toEvent(emission, service));
}

/** The hint's code is fetched only when it is needed, which may fail for the same reason as what it explains. */
const hintOf = (error: AnyProblemType, service: URL): Promise<string | undefined> =>
  within(
    import('../host/diagnosis.ts').then(({ diagnose }) => diagnose(error, service)),
    hintWithin,
    () => new Error('no hint in time'),
  ).catch(() => undefined);

function toEvent(emission: Emission, service: URL): Event | Promise<Event> {
  if (emission.do === 'emit-progress') return new TuEsignProgressEvent(emission.stage);
  if (emission.do === 'emit-signed') return new TuEsignSignedEvent(toSigned(emission.signing));
  if (emission.do === 'emit-declined') return new TuEsignDeclinedEvent(emission.reason);
  return toErrorEvent(emission.problem, service);
}

const toErrorEvent = async (problem: AnyProblemType, service: URL): Promise<Event> =>
  new TuEsignErrorEvent(problem, isRetryable(problem), await hintOf(problem, service));

const toSigned = ({ identifier, id, outputs, consents = [] }: SigningView): Signed => ({
  identifier,
  id,
  digest: outputs.document.digest ?? '',
  outputs,
  consents,
});
