import { problems } from '@tu-esign/contract';
import { NotSigned } from '#providers/provider.ts';
import { Problem } from '#problem.ts';
import { listPending } from '#signing/outputs.ts';
import { advanceTo, type Signing } from '#signing/signing.ts';
import { askLater, giveUp } from './collect.ts';
import { pauseFor } from './pause.ts';
import { reasonOf, type Reason } from './reason.ts';
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
  else if (isRefusal(error)) await fail(signing, error, neighbours);
  else if (signing.status === 'submitting' && !(error instanceof NotSigned))
    await takeUpUnknown(signing, neighbours, reasonOf(error));
  else if (attempts > mostAttempts) await fail(signing, causeOf(error), neighbours);
  else await startAgain(signing, error, neighbours);
};

/** What the host is told of a signing that was given up: what kept it from being signed, where that is known. */
const causeOf = (error: unknown): Problem => {
  const known = error instanceof NotSigned ? error.cause : error;
  return known instanceof Problem ? known : new Problem('signing-failed');
};

const takeUpOutput = async (signing: Signing, error: unknown, neighbours: Neighbours): Promise<void> => {
  if (!listPending(signing).length) await tryLater(signing, neighbours);
  else if (isRefusal(error))
    await askForOthers(await giveUp(signing, { problem: error.type, code: error.code }, neighbours), neighbours);
  else await askForOthers(await askLater(signing, neighbours, reasonOf(error)), neighbours);
};

/** What fails holds up no other output. */
const askForOthers = async (signing: Signing | undefined, { store }: Neighbours): Promise<void> => {
  if (signing) await store.release(signing);
};

/** Nobody knows whether it was signed, or it is not there yet. */
export const takeUpUnknown = async (signing: Signing, neighbours: Neighbours, reason?: Reason): Promise<undefined> => {
  const { repeats } = neighbours.providerOf(signing.host);
  if (repeats === 'none' || isOverdue(signing, neighbours)) await toReview(signing, neighbours);
  else await tryLater(signing, neighbours, reason);
};

/** What was taken is waited for until its time is over; what may have been, for a number of tries. */
const isOverdue = ({ takenAt, attempts }: Signing, { now, outputDeadlineMs }: Neighbours): boolean =>
  takenAt === null ? attempts >= mostAttempts : now().getTime() - takenAt > outputDeadlineMs;

const tryLater = async (signing: Signing, { store }: Neighbours, reason?: Reason): Promise<void> => {
  const attempts = signing.attempts + 1;
  await store.save({ ...signing, attempts }, { dueInMs: pauseFor(attempts, reason) });
};

/** What kept the provider from signing, where it said so. */
const describe = (error: unknown) => {
  const { cause } = error as Error;
  return cause instanceof Problem ? { problem: cause.type, ...(cause.code && { code: cause.code }) } : {};
};

/** It was surely not signed. */
const startAgain = async (signing: Signing, error: unknown, neighbours: Neighbours): Promise<void> => {
  if (signing.status === 'accepted') return tryLater(signing, neighbours);
  const { store, providerOf } = neighbours;
  const attempts = signing.attempts + 1;
  const data = { provider: providerOf(signing.host).name, ...describe(error) };
  const observations = [{ kind: 'not-signed', data } as const];
  const dueInMs = pauseFor(attempts, reasonOf(error));
  await store.save(advanceTo(signing, 'accepted', { attempts }), { observations, dueInMs });
};

const fail = async (
  signing: Signing,
  { type: problem, code }: Problem,
  { store, toTell }: Neighbours,
): Promise<void> => {
  const observations = [{ kind: 'failed', data: { problem, ...(code && { code }) } } as const];
  const tell = toTell(signing.host, 'signing.failed');
  const standings = { ...signing.standings, document: { ...signing.standings.document, problem, code } };
  await store.save(advanceTo(signing, 'failed', { problem, standings }), { observations, dueInMs: null, tell });
};
