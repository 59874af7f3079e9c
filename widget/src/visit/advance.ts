import type { SigningRequestView } from '@tu-esign/contract';
import { begin, step, tellError, type Happening, type Reading, type Session, type Step } from './session.ts';
import { settle } from './settle.ts';
import { stop, stumble } from './stumble.ts';

/** What a happening makes of the visit, and what is to be done about it. Pure. */
export function advance(session: Session, happening: Happening): Step {
  return (rules[happening.type] as Rule<Happening>)(session, happening);
}

type Rule<H extends Happening> = (session: Session, happening: H) => Step;

const rules: { [T in Happening['type']]: Rule<Extract<Happening, { type: T }>> } = {
  started: (session) => step({ ...session, phase: 'loading' }, { do: 'ask' }, { do: 'open-document' }),
  request: (session, { request }) => learn({ ...session, request, offline: false }, request),
  reading: (session, { reading }) => read(session, reading),
  sign: (session) => send({ ...session, wanted: 'sign' }),
  decline: (session, { reason }) => send({ ...session, wanted: { declined: reason } }),
  signing: (session, { signing }) => settle({ ...session, offline: false }, signing),
  problem: (session, happening) => stumble(session, happening),
  line: (session, { up }) => step({ ...session, offline: !up }),
  // Whoever waits for an answer is told by it.
  elsewhere: (session) => step(session, ...(session.phase === 'reading' ? [{ do: 'ask' } as const] : [])),
  retry: (session) => retry(session),
};

/** The service has told the truth: follow it, or do what the signatory still wants. */
function learn(session: Session, request: SigningRequestView): Step {
  if (request.signing) return settle(session, request.signing, true);
  const known: Session = { ...session, unanswered: false };
  if (known.doubt) return stop(known, known.doubt);
  if (known.wanted) return send(known);
  return step({ ...known, phase: 'reading', problem: null, detail: null, attempts: 0 });
}

function read(session: Session, reading: Reading): Step {
  const news = reading.problem && reading.problem !== session.reading.problem;
  return step({ ...session, reading }, ...(news ? [tellError(reading.problem!)] : []));
}

function send(session: Session): Step {
  const { wanted } = session;
  const sending: Session = { ...session, phase: 'sending', problem: null, detail: null };
  if (wanted === 'sign') return step(sending, { do: 'tell', progress: 'sending' }, { do: 'sign' });
  return step(sending, { do: 'decline', reason: wanted?.declined });
}

/** Asks the host for a fresh token and the service for the truth; opens what could not be opened. */
function retry(session: Session): Step {
  const phase = session.request ? session.phase : 'loading';
  const eased: Session = { ...session, phase, problem: null, detail: null, attempts: 0 };
  if (session.reading.state !== 'failed') return step(eased, { do: 'renew' });
  const { reading } = begin();
  return step({ ...eased, reading }, { do: 'renew' }, { do: 'open-document' });
}
