import type { ProblemType } from '@tu-esign/contract';
import type { Provider } from '#providers/provider.ts';
import { askedFor, listPending, type LateOutput } from '#signing/outputs.ts';
import type { Signing } from '#signing/signing.ts';
import type { Cause, Doubts, Failure } from './failure.ts';

/** What follows from a failure. Where `inMs` is absent, the signing goes on at once. */
export type Decision =
  /** The same step is taken again. */
  | { do: 'retry'; attempts: number; inMs: number }
  /** The provider is asked once more, before the order is sent again. */
  | { do: 'look-up-again'; inMs: number }
  /** Nothing was signed: the order is sent again, by a new intention. */
  | { do: 'start-again'; attempts: number; cause: Cause; inMs?: number }
  /** A person has to find out what nobody here can know, or believe. */
  | { do: 'review'; doubts?: Doubts }
  /** The signing ends without a signature. */
  | { do: 'fail'; problem: ProblemType; code: string | undefined }
  /** One more time an output was asked for in vain. Without a pause where another was asked for less often: it is next. */
  | { do: 'ask-later'; output: LateOutput; asked: number; inMs?: number }
  /** An output is asked for no more. */
  | { do: 'give-up'; output: LateOutput; problem: ProblemType; code: string | undefined };

/** What a decision depends on besides the record and its failure. */
export interface Circumstances extends Deadline {
  /** What the host's provider promises of repeats. */
  repeats: Provider['repeats'];
  /** From 0 to 1. */
  random: () => number;
}

interface Deadline {
  /** Milliseconds since the epoch. */
  now: number;
  /** For how long a provider that has taken an order, and outputs of a signed document, are asked, in milliseconds. */
  outputDeadlineMs: number;
}

/** Tries before a signing is given up: with the pauses below, about a day. */
const mostAttempts = 30;
const longestPauseMs = 3_600_000;

/** What becomes of a signing whose step has failed. Pure. */
export const decide = (signing: Signing, failure: Failure, circumstances: Circumstances): Decision =>
  // A signed document stands, whatever comes after it.
  signing.outputs.document
    ? decideOutput(signing, failure, circumstances)
    : (rules[failure.kind] as Rule<Failure>)(signing, failure, circumstances);

type Rule<F extends Failure> = (signing: Signing, failure: F, circumstances: Circumstances) => Decision;

const startAgain: Rule<Extract<Failure, { kind: 'not-signed' }>> = (signing, failure, { random }) => {
  const { kind: _, waitMs, ...cause } = failure;
  const attempts = signing.attempts + 1;
  if (attempts > mostAttempts) return { do: 'fail', problem: cause.problem ?? 'signing-failed', code: cause.code };
  // No intention yet, so that none has to be taken back.
  if (signing.status === 'accepted') return { do: 'retry', attempts, inMs: pauseMs(attempts, { random }) };
  return { do: 'start-again', attempts, cause, inMs: pauseMs(attempts, { random, atLeastMs: waitMs }) };
};

/** What may have been signed is repeated, or asked for, as long as its provider allows; then a person looks. */
const waitForAnswer = (signing: Signing, atLeastMs: number, circumstances: Circumstances): Decision => {
  const { repeats, random } = circumstances;
  if (repeats === 'none' || isAnswerOverdue(signing, circumstances)) return { do: 'review' };
  const attempts = signing.attempts + 1;
  return { do: 'retry', attempts, inMs: pauseMs(attempts, { random, atLeastMs }) };
};

/** An order that was taken is waited for until the deadline; one that may have been, for a number of tries. */
const isAnswerOverdue = ({ takenAt, attempts }: Signing, { now, outputDeadlineMs }: Deadline): boolean =>
  takenAt === null ? attempts >= mostAttempts : now - takenAt > outputDeadlineMs;

const rules: { [Kind in Failure['kind']]: Rule<Extract<Failure, { kind: Kind }>> } = {
  refused: (_signing, { problem, code }) => ({ do: 'fail', problem, code }),
  'not-signed': startAgain,
  unknown: (signing, { waitMs }, circumstances) => waitForAnswer(signing, waitMs, circumstances),
  'not-there-yet': (signing, _failure, circumstances) => waitForAnswer(signing, 0, circumstances),
  'not-found': ({ attempts, lookups }, { quarantineMs }) =>
    // It may still be under way: only what is not found a second time, after a while, is sent again.
    lookups === 0 ? { do: 'look-up-again', inMs: quarantineMs } : { do: 'start-again', attempts, cause: {} },
  'not-believed': (_signing, { doubts }) => ({ do: 'review', doubts }),
};

const decideOutput: Rule<Failure> = (signing, failure, circumstances) => {
  const [output] = listPending(signing);
  if (!output) return retryCompleting(signing, circumstances);
  if (failure.kind === 'refused') return { do: 'give-up', output, problem: failure.problem, code: failure.code };
  const { code, waitMs = 0 } = 'waitMs' in failure ? failure : {};
  if (isOutputOverdue(signing, circumstances)) return { do: 'give-up', output, problem: 'output-overdue', code };
  const asked = askedFor(signing, output) + 1;
  const otherIsNext = listPending(signing).some((other) => other !== output && askedFor(signing, other) < asked);
  if (otherIsNext) return { do: 'ask-later', output, asked };
  const { random } = circumstances;
  return { do: 'ask-later', output, asked, inMs: pauseMs(asked, { random, atLeastMs: waitMs }) };
};

/** All outputs are settled: all that has failed is to save that. */
const retryCompleting = ({ attempts }: Signing, { random }: Circumstances): Decision => ({
  do: 'retry',
  attempts: attempts + 1,
  inMs: pauseMs(attempts + 1, { random }),
});

/** The time is over for which the outputs of a signed document are asked for. */
export const isOutputOverdue = ({ signedAt }: Signing, { now, outputDeadlineMs }: Deadline): boolean =>
  now - (signedAt ?? 0) > outputDeadlineMs;

interface PauseOptions {
  random: () => number;
  /** What the neighbour asks for. */
  atLeastMs?: number;
}

/** Milliseconds until the next try: twice as long after each, up to an hour. */
export const pauseMs = (tries: number, { random, atLeastMs = 0 }: PauseOptions): number => {
  const longest = Math.min(1_000 * 2 ** tries, longestPauseMs);
  // Jitter, so that what failed together does not come back together.
  const jittered = longest / 2 + random() * (longest / 2);
  return Math.max(jittered, Math.min(atLeastMs, longestPauseMs));
};
