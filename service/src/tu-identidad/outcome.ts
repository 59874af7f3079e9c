import { Problem } from '#problem.ts';
import type { Given } from './client.ts';
import { Failure, type FailureKind } from './failure.ts';

const types = {
  refused: 'provider-refused',
  credentials: 'provider-credentials',
  'rate-limited': 'provider-rate-limited',
  unavailable: 'provider-unavailable',
  unclear: 'provider-unavailable',
} as const satisfies Record<FailureKind, string>;

/** A failure as callers know it, with the vendor's code. */
export const toProblem = (failure: Failure): Problem => {
  const { kind, code, retryAfterMs } = failure;
  const retryAfterSeconds = retryAfterMs === undefined ? undefined : Math.ceil(retryAfterMs / 1000);
  return new Problem(types[kind], undefined, { cause: failure, code, retryAfterSeconds });
};

/**
 * Asks for what is made after the signature. What an error says of it is not known, so that no refusal is taken for
 * the last word: it is asked again until the deadline.
 * @throws Problem that a repeat may solve; Failure
 */
export const askLate = async (ask: () => Promise<Given | undefined>): Promise<Given | undefined> => {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof Failure) || error.kind === 'unclear' || error.kind === 'unavailable') throw error;
    if (error.kind === 'refused') return undefined;
    throw toProblem(error);
  }
};
