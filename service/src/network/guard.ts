import {
  BrokenCircuitError,
  bulkhead,
  BulkheadRejectedError,
  circuitBreaker,
  ConsecutiveBreaker,
  handleWhen,
  timeout,
  TimeoutStrategy,
  wrap,
} from 'cockatiel';
import { Problem } from '#problem.ts';

export interface GuardOptions {
  /** Longest time for one call, in milliseconds. What it did then is not known. */
  timeoutMs: number;
  /** Calls at once. */
  concurrency: number;
  /** Failures in a row after which nobody calls for a while. */
  failures: number;
  /** That while, in milliseconds; then one call is tried. */
  pauseMs: number;
}

/** The call was not made: the neighbour is failing, or busy enough. */
export class NotCalled extends Error {
  override name = 'NotCalled';
}

/**
 * Calls a neighbour through bulkhead, circuit breaker and time-out, so that a slow or failing one takes
 * nobody with it. Repeats are the scheduler's alone.
 * @throws NotCalled
 */
export type Guard = <T>(call: (signal: AbortSignal) => Promise<T>) => Promise<T>;

export const createGuard = ({ timeoutMs, concurrency, failures, pauseMs }: GuardOptions): Guard => {
  // A neighbour that refuses is well.
  const failing = handleWhen((error) => !(error instanceof Problem));
  const policy = wrap(
    bulkhead(concurrency),
    circuitBreaker(failing, { halfOpenAfter: pauseMs, breaker: new ConsecutiveBreaker(failures) }),
    timeout(timeoutMs, TimeoutStrategy.Aggressive),
  );
  return async (call) => {
    try {
      return await policy.execute(({ signal }) => call(signal));
    } catch (error) {
      const spared = error instanceof BrokenCircuitError || error instanceof BulkheadRejectedError;
      throw spared ? new NotCalled('the call was not made', { cause: error }) : error;
    }
  };
};
