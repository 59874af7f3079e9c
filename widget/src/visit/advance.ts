import type { SigningRequestView } from '@tu-esign/contract';
import { initialSession, step, emitError, type VisitEvent, type Reading, type Session, type Step } from './session.ts';
import { adoptSigning } from './adopt-signing.ts';
import { stop, handleFailure } from './handle-failure.ts';

/** What an event makes of the session, and the effects to be carried out. Pure. */
export function advance(session: Session, event: VisitEvent): Step {
  return (rules[event.type] as Rule<VisitEvent>)(session, event);
}

type Rule<H extends VisitEvent> = (session: Session, event: H) => Step;

const rules: { [T in VisitEvent['type']]: Rule<Extract<VisitEvent, { type: T }>> } = {
  started: (session) => step({ ...session, phase: 'loading' }, { do: 'ask' }, { do: 'open-document' }),
  request: (session, { request }) => learn({ ...session, request, offline: false }, request),
  reading: (session, { reading }) => read(session, reading),
  sign: (session) => send({ ...session, wanted: 'sign' }),
  decline: (session, { reason }) => send({ ...session, wanted: { declined: reason } }),
  signing: (session, { signing }) => adoptSigning({ ...session, offline: false }, signing),
  problem: (session, event) => handleFailure(session, event),
  line: (session, { up }) => step({ ...session, offline: !up }),
  // Asks only while reading: a visit that waits for the service's answer learns of the change from that.
  elsewhere: (session) => step(session, ...(session.phase === 'reading' ? [{ do: 'ask' } as const] : [])),
  retry: (session) => retry(session),
};

/**
 * The service has told how the signing stands: follows it if it has begun, or else does what the signatory still
 * wants.
 */
function learn(session: Session, request: SigningRequestView): Step {
  if (request.signing) return adoptSigning(session, request.signing, true);
  const known: Session = { ...session, unanswered: false };
  if (known.doubt) return stop(known, known.doubt);
  if (known.wanted) return send(known);
  return step({ ...known, phase: 'reading', problem: null, detail: null, attempts: 0 });
}

function read(session: Session, reading: Reading): Step {
  const news = reading.problem && reading.problem !== session.reading.problem;
  return step({ ...session, reading }, ...(news ? [emitError(reading.problem!)] : []));
}

function send(session: Session): Step {
  const { wanted } = session;
  const sending: Session = { ...session, phase: 'sending', problem: null, detail: null };
  if (wanted === 'sign') return step(sending, { do: 'emit-progress', stage: 'sending' }, { do: 'sign' });
  return step(sending, { do: 'decline', reason: wanted?.declined });
}

/** Asks the host for a fresh token and the service how the signing stands; opens the document again if that failed. */
function retry(session: Session): Step {
  const phase = session.request ? session.phase : 'loading';
  const eased: Session = { ...session, phase, problem: null, detail: null, attempts: 0 };
  if (session.reading.state !== 'failed') return step(eased, { do: 'renew' });
  const { reading } = initialSession();
  return step({ ...eased, reading }, { do: 'renew' }, { do: 'open-document' });
}
