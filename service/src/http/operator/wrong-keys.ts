import { Problem } from '#problem.ts';

export interface WrongKeysOptions {
  /** Wrong keys that an address may send before it has to wait. */
  free?: number;
  /** The longest wait, in milliseconds; the first is a second, each next twice as long. */
  longestMs?: number;
  /** Addresses that are remembered at once. */
  mostAddresses?: number;
  /** Milliseconds of a clock that is never set back. */
  nowMs?: () => number;
}

/** Slows down who guesses the operator's key. */
export interface WrongKeys {
  /** @throws Problem rate-limited while the address has to wait, whatever key it sends */
  readonly requirePatience: (address: string) => void;
  readonly count: (address: string) => void;
  /** It knows the key. */
  readonly forget: (address: string) => void;
}

export const createWrongKeys = (options: WrongKeysOptions = {}): WrongKeys => {
  const { free = 5, longestMs = 60_000, mostAddresses = 1_000, nowMs = () => performance.now() } = options;
  // In the order of their latest wrong key, so that the one longest ago comes first.
  const wrong = new Map<string, { keys: number; until: number }>();

  const waitMs = (keys: number): number => (keys < free ? 0 : Math.min(1_000 * 2 ** (keys - free), longestMs));

  return {
    requirePatience(address) {
      const leftMs = (wrong.get(address)?.until ?? 0) - nowMs();
      if (leftMs <= 0) return;
      throw new Problem('rate-limited', 'Too many wrong keys', { retryAfterSeconds: Math.ceil(leftMs / 1_000) });
    },
    count(address) {
      const keys = (wrong.get(address)?.keys ?? 0) + 1;
      wrong.delete(address);
      const [oldest] = wrong.size >= mostAddresses ? wrong.keys() : [];
      if (oldest !== undefined) wrong.delete(oldest);
      wrong.set(address, { keys, until: nowMs() + waitMs(keys) });
    },
    forget: (address) => void wrong.delete(address),
  };
};
