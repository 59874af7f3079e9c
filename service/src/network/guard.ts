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
  /** Longest time for one call, in milliseconds. What was cut off may have been carried out. */
  timeoutMs: number;
  /** Calls at once. */
  concurrency: number;
  /** Failures in a row after which no calls are made for a while. */
  failures: number;
  /** That while, in milliseconds; then one call is tried. */
  pauseMs: number;
}

/** The call was not made: it would have been one too many at once, or too many failed before it. */
export class NotCalled extends Error {
  override name = 'NotCalled';
}

/**
 * Calls a provider or an authority through bulkhead, circuit breaker and time-out, so that one that is slow or fails does
 * not hold up the others. It repeats nothing: that is for the scheduler alone.
 * @throws NotCalled
 */
export type Guard = <T>(call: (signal: AbortSignal) => Promise<T>) => Promise<T>;

export const createGuard = ({ timeoutMs, concurrency, failures, pauseMs }: GuardOptions): Guard => {
  // Whoever refuses has answered: that is no failure.
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
      const notCalled = error instanceof BrokenCircuitError || error instanceof BulkheadRejectedError;
      throw notCalled ? new NotCalled('the call was not made', { cause: error }) : error;
    }
  };
};
