import { Problem } from '#problem.ts';

/** How a call failed, as far as the caller can act on it. */
export type FailureKind = 'refused' | 'credentials' | 'rate-limited' | 'unavailable' | 'unclear';

// Static, since what the vendor says in words may quote the person.
const messages: Record<FailureKind, string> = {
  refused: 'Tu Identidad refuses',
  credentials: 'Tu Identidad does not accept the API key',
  'rate-limited': 'Tu Identidad takes no more requests for a while',
  unavailable: 'Tu Identidad cannot be reached',
  unclear: 'Tu Identidad does not answer in a known form',
};

export interface FailureFacts {
  kind: FailureKind;
  /** True where the order was surely not carried out. */
  withoutEffect: boolean;
  /** The vendor's code for it, or the system's for a connection. */
  code?: string | undefined;
  /** How long to wait before asking again, where that is told. */
  retryAfterMs?: number | undefined;
}

/** A call to Tu Identidad that failed. It holds nothing of what was sent or received but a code. */
export class Failure extends Error {
  override name = 'TuIdentidadFailure';
  readonly kind: FailureKind;
  readonly withoutEffect: boolean;
  readonly code: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor({ kind, withoutEffect, code, retryAfterMs }: FailureFacts) {
    super(messages[kind]);
    this.kind = kind;
    this.withoutEffect = withoutEffect;
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

const problemTypes = {
  refused: 'provider-refused',
  credentials: 'provider-credentials',
  'rate-limited': 'provider-rate-limited',
  unavailable: 'provider-unavailable',
  unclear: 'provider-unavailable',
} as const satisfies Record<FailureKind, string>;

/** A failure as the rooms that call know it, with the vendor's code. */
export const toProblem = (failure: Failure): Problem => {
  const { kind, code, retryAfterMs } = failure;
  const retryAfterSeconds = retryAfterMs === undefined ? undefined : Math.ceil(retryAfterMs / 1000);
  return new Problem(problemTypes[kind], undefined, { cause: failure, code, retryAfterSeconds });
};

/**
 * Asks for an output that is made after the signature. It is not known with which error the vendor says that one is not
 * there yet, so a refusal is taken for that, and the output is asked for again until its deadline.
 * @throws Problem where credentials or the rate are what is wrong; Failure
 */
export const refusedIsNotYet = async <Output>(ask: () => Promise<Output | undefined>): Promise<Output | undefined> => {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof Failure) || error.kind === 'unclear' || error.kind === 'unavailable') throw error;
    if (error.kind === 'refused') return undefined;
    throw toProblem(error);
  }
};
