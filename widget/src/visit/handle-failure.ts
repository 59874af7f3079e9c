import { passing, unsent } from '../host/element-problem.ts';
import type { AnyProblemType } from '../host/problem-type.ts';
import { stopFor } from './adopt-signing.ts';
import { step, emitError, type Effect, type VisitEvent, type Session, type Step, type Task } from './session.ts';

type Failure = Extract<VisitEvent, { type: 'problem' }>;

const conflicts = new Set<AnyProblemType>(['already-signed', 'already-declined']);
const mostAttempts = 4;
/** The host is told of a lost connection after so many failures in a row. */
const lossTold = 3;
const longestPause = 30_000;

/** Decides whether to wait, try again, ask the service how the signing stands, or stop and show the problem. */
export function handleFailure(session: Session, { problem, during, detail, host }: Failure): Step {
  const passes = problem === 'network' || passing.has(problem);
  if (session.phase === 'done' && during === 'follow') return step(session, ...(passes ? followLater(session) : []));
  const unanswered = session.unanswered || (passes && isPost(during));
  const at: Session = { ...session, unanswered, detail: detail ?? null, host: host ?? session.host };
  if (problem === 'request-withdrawn') return stopFor({ ...at, wanted: null, doubt: null, unanswered: false }, problem);
  if (problem === 'network') return wait({ ...at, offline: true }, during, problem);
  if (problem === 'not-your-turn') return waitForTurn(at, during);
  if (conflicts.has(problem) && at.wanted) return step({ ...at, wanted: null }, { do: 'ask' });
  if (passes && at.attempts < mostAttempts) return wait(at, during, problem);
  if (isPost(during) && !unsent.has(problem)) return step({ ...at, doubt: problem }, { do: 'ask' });
  return during === 'ask' ? stop(at, at.doubt ?? problem) : stopAt(at, problem, during);
}

const isPost = (during: Task): boolean => during === 'sign' || during === 'decline';

/** Nobody is waiting for the certificates of a signed document; they are asked for again all the same. */
const followLater = ({ signing }: Session): Effect[] =>
  signing ? [{ do: 'later', ms: longestPause, next: { do: 'follow', id: signing.id } }] : [];

/** Tries again later. A POST whose answer was lost may have taken effect: the service is asked for that first. */
function wait(session: Session, during: Task, problem: AnyProblemType): Step {
  const attempts = session.attempts + 1;
  const ms = Math.min(1000 * 2 ** session.attempts, longestPause);
  const later: Effect = { do: 'later', ms, next: again(during) };
  const isNews = problem === 'network' && attempts === lossTold;
  return step({ ...session, attempts }, ...(isNews ? [emitError(problem)] : []), later);
}

function again(during: Task): Effect {
  if (during === 'document') return { do: 'open-document' };
  if (during === 'signed-document') return { do: 'show-signed' };
  return { do: 'ask' };
}

/** Asks again every four seconds, the pause after two attempts, until those who sign first have signed. */
function waitForTurn(session: Session, during: Task): Step {
  const problem = 'not-your-turn';
  const patient: Session = { ...session, attempts: 2 };
  return wait(during === 'document' ? patient : { ...patient, phase: 'stopped', problem }, during, problem);
}

function stopAt(session: Session, problem: AnyProblemType, during: Task): Step {
  // If the signed document cannot be shown, its links still work.
  if (during === 'signed-document') return step(session);
  if (during !== 'document') return stop(session, problem);
  const news = session.reading.problem !== problem;
  const reading = { ...session.reading, state: 'failed' as const, problem };
  return step({ ...session, reading }, ...(news ? [emitError(problem)] : []));
}

/** Tells what is wrong. A post that may have arrived is still waited for: nobody signs again before that is known. */
export function stop(session: Session, problem: AnyProblemType): Step {
  const { unanswered } = session;
  const wanted = unanswered ? session.wanted : null;
  const phase = restOf(session);
  return step({ ...session, phase, problem, offline: false, attempts: 0, wanted, doubt: null }, emitError(problem));
}

/** Where a visit falls back to: the ink stays, and the signatory decides. */
function restOf({ request, phase, unanswered }: Session): Session['phase'] {
  if (!request) return 'stopped';
  return phase === 'sending' && !unanswered ? 'reading' : phase;
}
