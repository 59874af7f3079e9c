import { problems, type ProblemType } from '@tu-esign/contract';
import { NotSigned } from '#providers/provider.ts';
import { Problem } from '#problem.ts';
import { listPending } from '#signing/outputs.ts';
import { advanceTo, type Signing } from '#signing/signing.ts';
import { askLater, giveUp } from './collect.ts';
import { longestPauseMs, pauseMs } from './pause.ts';
import { toReview } from './review.ts';
import type { Neighbours } from './step.ts';

/** Tries before a signing is given up: with the pauses below, about a day. */
const mostAttempts = 30;

/** A problem that no repeat can solve. */
const isRefusal = (error: unknown): error is Problem => error instanceof Problem && !problems[error.type].retryable;

/** Saves what a step that failed leads to: another try later, a review, or the end. */
export const takeUp = async (signing: Signing, error: unknown, neighbours: Neighbours): Promise<void> => {
  const attempts = signing.attempts + 1;
  // Once signed, the document stands: only what comes after it can fail.
  if (signing.outputs.document) await takeUpOutput(signing, error, neighbours);
  else if (isRefusal(error)) await fail(signing, error.type, neighbours);
  else if (signing.status === 'submitting' && !(error instanceof NotSigned)) await takeUpUnknown(signing, neighbours);
  else if (attempts > mostAttempts) await fail(signing, 'signing-failed', neighbours);
  else await startAgain(signing, error, neighbours);
};

const takeUpOutput = async (signing: Signing, error: unknown, neighbours: Neighbours): Promise<void> => {
  if (!listPending(signing).length) await tryLater(signing, neighbours);
  else if (isRefusal(error)) await giveUp(signing, error.type, neighbours);
  else await askLater(signing, neighbours);
};

/** Nobody knows whether it was signed, or it is not there yet. */
export const takeUpUnknown = async (signing: Signing, neighbours: Neighbours): Promise<undefined> => {
  const { repeats } = neighbours.providerOf(signing.host);
  if (repeats === 'none' || isOverdue(signing, neighbours)) await toReview(signing, neighbours);
  else await tryLater(signing, neighbours);
};

/** What was taken is waited for until its time is over; what may have been, for a number of tries. */
const isOverdue = ({ takenAt, attempts }: Signing, { now, outputDeadlineMs }: Neighbours): boolean =>
  takenAt === null ? attempts >= mostAttempts : now().getTime() - takenAt > outputDeadlineMs;

const tryLater = async (signing: Signing, { store }: Neighbours): Promise<void> => {
  const attempts = signing.attempts + 1;
  await store.save({ ...signing, attempts }, { dueInMs: pauseMs(attempts) });
};

/** It was surely not signed. */
const startAgain = async (signing: Signing, error: unknown, neighbours: Neighbours): Promise<void> => {
  if (signing.status === 'accepted') return tryLater(signing, neighbours);
  const { store, providerOf } = neighbours;
  const attempts = signing.attempts + 1;
  const wanted = error instanceof NotSigned ? (error.retryAfterMs ?? 0) : 0;
  const observations = [{ kind: 'not-signed', data: { provider: providerOf(signing.host).name } } as const];
  const dueInMs = Math.max(pauseMs(attempts), Math.min(wanted, longestPauseMs));
  await store.save(advanceTo(signing, 'accepted', { attempts }), { observations, dueInMs });
};

const fail = async (signing: Signing, problem: ProblemType, { store, toTell }: Neighbours): Promise<void> => {
  const observations = [{ kind: 'failed', data: { problem } } as const];
  const tell = toTell(signing.host, 'signing.failed');
  await store.save(advanceTo(signing, 'failed', { problem }), { observations, dueInMs: null, tell });
};
