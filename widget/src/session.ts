import type { SigningRequestView, SigningView } from '@tu-esign/contract';
import { passing } from './element-problem.ts';
import type { Stage } from './events.ts';
import type { AnyProblemType } from './problem-type.ts';

/** Where the visit stands, as the signatory sees it. */
type Phase = 'waiting' | 'loading' | 'reading' | 'sending' | 'following' | 'done' | 'declined' | 'stopped';

/** What the element was doing when something went wrong. */
export type Task = 'load' | 'ask' | 'sign' | 'decline' | 'follow' | 'document' | 'signed-document';

/** How far the document has been opened and checked; only `complete` may be signed. */
export interface Reading {
  state: 'opening' | 'checking' | 'complete' | 'incomplete' | 'failed';
  pages: number;
  checked: number;
  /** The first page that could not be drawn whole. */
  page?: number;
  /** Why the document cannot be shown, or not whole. */
  problem?: AnyProblemType;
}

export interface Session {
  phase: Phase;
  request: SigningRequestView | null;
  signing: SigningView | null;
  reading: Reading;
  /** What the signatory is told of; null when all is well. */
  problem: AnyProblemType | null;
  /** The last call did not reach the service; it is being tried again. */
  offline: boolean;
  /** Failures in a row. */
  attempts: number;
  /** What the signatory asked for and has no answer to yet. */
  wanted: 'sign' | { declined: string | undefined } | null;
}

export type Happening =
  | { type: 'started' }
  | { type: 'request'; request: SigningRequestView }
  | { type: 'reading'; reading: Reading }
  | { type: 'sign' }
  | { type: 'decline'; reason: string | undefined }
  | { type: 'signing'; signing: SigningView }
  | { type: 'problem'; problem: AnyProblemType; during: Task }
  | { type: 'retry' };

export type Effect =
  | { do: 'ask' | 'open-document' | 'show-signed' | 'sign' | 'renew' }
  | { do: 'decline'; reason: string | undefined }
  | { do: 'follow'; id: string }
  /** After `ms` milliseconds, or as soon as the browser says that it is online again. */
  | { do: 'later'; ms: number; next: Effect }
  | { do: 'tell'; progress: Stage }
  | { do: 'tell'; error: AnyProblemType }
  | { do: 'tell'; signed: SigningView }
  | { do: 'tell'; declined: string | undefined };

export interface Step {
  session: Session;
  effects: Effect[];
}

export const begin = (): Session => ({
  phase: 'waiting',
  request: null,
  signing: null,
  reading: { state: 'opening', pages: 0, checked: 0 },
  problem: null,
  offline: false,
  attempts: 0,
  wanted: null,
});

/** What a happening makes of the visit, and what is to be done about it. Pure. */
export function advance(session: Session, happening: Happening): Step {
  return (rules[happening.type] as Rule<Happening>)(session, happening);
}

type Rule<H extends Happening> = (session: Session, happening: H) => Step;

const rules: { [T in Happening['type']]: Rule<Extract<Happening, { type: T }>> } = {
  started: (session) => step({ ...session, phase: 'loading' }, { do: 'ask' }, { do: 'open-document' }),
  request: (session, { request }) => learn(recovered({ ...session, request }), request),
  reading: (session, { reading }) => read(session, reading),
  sign: (session) => send({ ...session, wanted: 'sign' }),
  decline: (session, { reason }) => send({ ...session, wanted: { declined: reason } }),
  signing: (session, { signing }) => settle(recovered(session), signing),
  problem: (session, happening) => stumble(session, happening),
  retry: (session) => retry(session),
};

const step = (session: Session, ...effects: Effect[]): Step => ({ session, effects });

const recovered = (session: Session): Session => ({ ...session, offline: false });

/** The service has told the truth: follow it, or do what the signatory still wants. */
function learn(session: Session, request: SigningRequestView): Step {
  if (request.signing) return settle(session, request.signing, true);
  if (session.wanted) return send(session);
  return step({ ...session, phase: 'reading', problem: null, attempts: 0 });
}

function read(session: Session, reading: Reading): Step {
  const news = reading.problem && reading.problem !== session.reading.problem;
  return step({ ...session, reading }, ...(news ? [tellError(reading.problem!)] : []));
}

const tellError = (error: AnyProblemType): Effect => ({ do: 'tell', error });

function send(session: Session): Step {
  const { wanted } = session;
  const sending: Session = { ...session, phase: 'sending', problem: null };
  if (wanted === 'sign') return step(sending, { do: 'tell', progress: 'sending' }, { do: 'sign' });
  return step(sending, { do: 'decline', reason: wanted?.declined });
}

/** Takes over the signing's state, whatever the element thought before; after an interruption it is followed again. */
function settle(session: Session, signing: SigningView, interrupted = false): Step {
  const { phase } = session;
  const settled: Session = { ...session, signing, problem: null, attempts: 0, wanted: null };
  if (signing.status === 'declined')
    return step({ ...settled, phase: 'declined' }, { do: 'tell', declined: signing.declineReason });
  if (signing.status === 'failed') return fail(settled, signing);
  const stage = stageOf(signing);
  const isSigned = stage === 'conserving' || stage === 'done';
  const effects: Effect[] = [];
  if (stage !== (session.signing && stageOf(session.signing))) effects.push({ do: 'tell', progress: stage });
  // What is made of the signed document besides is told as it comes.
  if (isSigned && phase !== 'done') effects.push({ do: 'tell', signed: signing }, { do: 'show-signed' });
  const follows = phase === 'done' || (phase === 'following' && !interrupted);
  if (stage !== 'done' && !follows) effects.push({ do: 'follow', id: signing.id });
  return step({ ...settled, phase: isSigned ? 'done' : 'following' }, ...effects);
}

function fail(session: Session, signing: SigningView): Step {
  const problem = (signing.problem?.type.split(':').pop() ?? 'signing-failed') as AnyProblemType;
  return step({ ...session, phase: 'stopped', problem }, tellError(problem));
}

/** The stage to show: what the service last said, or that it is being asked. */
export const currentStage = ({ signing }: Session): Stage => (signing ? stageOf(signing) : 'sending');

/** The stage a signing that is under way has reached. */
function stageOf(signing: SigningView): Stage {
  const stages = {
    accepted: 'accepted',
    submitting: 'signing',
    review: 'signing',
    signed: 'conserving',
    conserved: 'conserving',
    completed: 'done',
  } as const;
  return stages[signing.status as keyof typeof stages] ?? 'accepted';
}

const conflicts = new Set<AnyProblemType>(['already-signed', 'already-declined']);
const mostAttempts = 4;

function stumble(session: Session, { problem, during }: { problem: AnyProblemType; during: Task }): Step {
  // What is still to come is told by the next visit as well.
  if (session.phase === 'done' && during === 'follow') return step(session);
  if (problem === 'network') return wait({ ...session, offline: true }, during);
  if (problem === 'not-your-turn') {
    // Every four seconds.
    const patient: Session = { ...session, attempts: 2 };
    return wait(during === 'document' ? patient : { ...patient, phase: 'stopped', problem }, during);
  }
  if (conflicts.has(problem) && session.wanted) return step({ ...session, wanted: null }, { do: 'ask' });
  if (passing.has(problem) && session.attempts < mostAttempts) return wait(session, during);
  return stop(session, problem, during);
}

/** Tries again later. A lost answer to a post says nothing: the truth is asked first. */
function wait(session: Session, during: Task): Step {
  const attempts = session.attempts + 1;
  const ms = Math.min(1000 * 2 ** session.attempts, 30_000);
  return step({ ...session, attempts }, { do: 'later', ms, next: again(during) });
}

function again(during: Task): Effect {
  if (during === 'document') return { do: 'open-document' };
  if (during === 'signed-document') return { do: 'show-signed' };
  return { do: 'ask' };
}

function stop(session: Session, problem: AnyProblemType, during: Task): Step {
  // The links work without the picture.
  if (during === 'signed-document') return step(session);
  if (during === 'document') return read(session, { ...session.reading, state: 'failed', problem });
  const phase = session.request ? restOf(session.phase) : 'stopped';
  const stopped: Session = { ...session, phase, problem, offline: false, attempts: 0, wanted: null };
  return step(stopped, tellError(problem));
}

/** Where a visit falls back to: the ink stays, and the signatory decides. */
const restOf = (phase: Phase): Phase => (phase === 'sending' ? 'reading' : phase);

/** Asks the host for a fresh token and the service for the truth; opens what could not be opened. */
function retry(session: Session): Step {
  const phase = session.request ? session.phase : 'loading';
  const eased: Session = { ...session, phase, problem: null, attempts: 0 };
  if (session.reading.state !== 'failed') return step(eased, { do: 'renew' });
  const reading: Reading = { state: 'opening', pages: 0, checked: 0 };
  return step({ ...eased, reading }, { do: 'renew' }, { do: 'open-document' });
}
