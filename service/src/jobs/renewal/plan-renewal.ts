export interface RenewalPlan {
  /** For how long before the end it is renewed, in days. */
  days: number;
  /** Milliseconds since the epoch. */
  now: number;
}

/** A time-stamp, and when the first of its certificates ends: milliseconds since the epoch. */
export interface Ending {
  stampedAt: number;
  until: number;
}

const dayMs = 86_400_000;
/** What ends in decades is looked at before. */
const longestMs = 5 * 365 * dayMs;

/**
 * When a time-stamp is to be renewed, or be looked at again: milliseconds since the epoch. One that ends soon is renewed in
 * the middle of its time.
 */
export const planRenewal = ({ stampedAt, until }: Ending, { days, now }: RenewalPlan): number | 'now' => {
  const renewAt = until - Math.min(days * dayMs, (until - stampedAt) / 2);
  return renewAt <= now ? 'now' : Math.floor(Math.min(renewAt, now + longestMs));
};

/** A renewal that wins less is none. */
export const leastGainMs = dayMs;
