import { problems, type ProblemType } from '@tu-esign/contract';
import { NotSigned } from '#providers/provider.ts';
import { Problem } from '#problem.ts';
import { advanceTo, type Signing } from '#signing/signing.ts';
import { toReview } from './sign.ts';
import type { Neighbours } from './step.ts';

/** Tries before a signing is given up: with the pauses below, about a day. */
const mostAttempts = 30;
const longestPauseMs = 3_600_000;

/** Milliseconds until the next try; grows with every one. */
const pauseMs = (attempts: number): number => {
  const longest = Math.min(1_000 * 2 ** attempts, longestPauseMs);
  // Jitter, so that what failed together does not come back together.
  return longest / 2 + Math.random() * (longest / 2);
};

/** A problem that no repeat can solve. */
const isRefusal = (error: unknown): error is Problem => error instanceof Problem && !problems[error.type].retryable;

/** Saves what a step that failed leads to: another try later, a review, or the end. */
export const takeUp = async (signing: Signing, error: unknown, neighbours: Neighbours): Promise<void> => {
  const attempts = signing.attempts + 1;
  // Once signed, the document stands: what comes after it is tried until it succeeds.
  if (signing.outputs.document) await tryLater(signing, neighbours);
  else if (isRefusal(error)) await fail(signing, error.type, neighbours);
  else if (signing.status === 'submitting' && !(error instanceof NotSigned)) await takeUpUnknown(signing, neighbours);
  else if (attempts > mostAttempts) await fail(signing, 'signing-failed', neighbours);
  else await startAgain(signing, error, neighbours);
};

/** Nobody knows whether it was signed. */
const takeUpUnknown = async (signing: Signing, neighbours: Neighbours): Promise<void> => {
  const { repeats } = neighbours.providerOf(signing.host);
  if (repeats === 'none' || signing.attempts >= mostAttempts) await toReview(signing, neighbours);
  else await tryLater(signing, neighbours);
};

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
