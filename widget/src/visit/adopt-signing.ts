import type { SigningView } from '@tu-esign/contract';
import type { AnyProblemType } from '../host/problem-type.ts';
import { stageOf, step, emitError, type Effect, type Session, type Step } from './session.ts';

/** Takes over the signing's state as the service tells it, whatever was assumed before. A signing that was followed when
 * the line broke is followed again. */
export function adoptSigning(session: Session, signing: SigningView, interrupted = false): Step {
  const { phase } = session;
  const settled = { ...session, ...nothingPending, signing };
  if (signing.status === 'declined')
    return step({ ...settled, phase: 'declined' }, { do: 'emit-declined', reason: signing.declineReason });
  if (signing.status === 'withdrawn') return stopFor(settled, 'request-withdrawn');
  if (signing.status === 'failed') return fail(settled, signing);
  const stage = stageOf(signing);
  const isSigned = stage === 'conserving' || stage === 'done';
  const effects: Effect[] = [];
  if (stage !== (session.signing && stageOf(session.signing))) effects.push({ do: 'emit-progress', stage });
  // The host is told at once; the certificates that are still to be made are reported as they come.
  if (isSigned && phase !== 'done') effects.push({ do: 'emit-signed', signing }, { do: 'show-signed' });
  const follows = phase === 'done' || (phase === 'following' && !interrupted);
  if (stage !== 'done' && !follows) effects.push({ do: 'follow', id: signing.id });
  return step({ ...settled, phase: isSigned ? 'done' : 'following' }, ...effects);
}

/** Once the service has told a signing's state, no question is open and nothing is wrong. */
const nothingPending = {
  problem: null,
  detail: null,
  attempts: 0,
  wanted: null,
  doubt: null,
  unanswered: false,
} satisfies Partial<Session>;

function fail(session: Session, signing: SigningView): Step {
  const problem = (signing.problem?.type.split(':').pop() ?? 'signing-failed') as AnyProblemType;
  return stopFor(session, problem);
}

/** Nothing can be signed here any more. */
export const stopFor = (session: Session, problem: AnyProblemType): Step =>
  step({ ...session, phase: 'stopped', problem }, emitError(problem));
