import type { Signing } from '#signing/signing.ts';
import type { SigningStore } from '#records/signing-store.ts';

/** For how long other workers leave a claimed record alone, in milliseconds, unless its lease is renewed. */
export const leaseMs = 30_000;
const renewEveryMs = 10_000;
/** So shortly before the lease ends, in milliseconds, nothing is begun any more. */
const marginMs = 5_000;

/** A claim that is renewed for as long as a step runs. */
export interface Lease {
  /** Whether it surely still holds: by the process's own clock, which goes on while the process is frozen. */
  holds(): boolean;
  /** Aborted when it does not hold any more: what was not sent by then is not sent. */
  readonly lost: AbortSignal;
  end(): void;
}

/** @param claimedAt `performance.now()` from before the claim was asked for */
export const holdLease = (store: SigningStore, signing: Signing, claimedAt: number): Lease => {
  const lost = new AbortController();
  let renewedAt: number;
  let expiry: NodeJS.Timeout | undefined;
  const holdFrom = (at: number): void => {
    renewedAt = at;
    clearTimeout(expiry);
    // In a process that was frozen and goes on, a timer that is overdue runs before anything new is begun.
    // A claim whose answer was long in coming may be over already.
    expiry = setTimeout(() => lost.abort(), Math.max(0, at + leaseMs - marginMs - performance.now()));
  };
  let ended = false;
  const renew = async () => {
    const askedAt = performance.now();
    if ((await store.renew(signing, leaseMs)) && !ended) holdFrom(askedAt);
  };
  holdFrom(claimedAt);
  // Where the store does not answer, the lease runs out.
  const timer = setInterval(() => void renew().catch(() => {}), renewEveryMs);
  return {
    holds: () => performance.now() - renewedAt < leaseMs - marginMs,
    lost: lost.signal,
    end: () => {
      ended = true;
      clearInterval(timer);
      clearTimeout(expiry);
    },
  };
};
