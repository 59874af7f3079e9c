/** What is known of why something did not come about. */
export interface Reason {
  /** A neighbour's own code for it, never its words. */
  code?: string;
  /** How long it wants not to be asked, in milliseconds. */
  waitMs: number;
}

interface Told {
  code?: unknown;
  retryAfterMs?: number;
  retryAfterSeconds?: number;
  cause?: unknown;
}

const waitOf = ({ retryAfterMs, retryAfterSeconds = 0 }: Told): number => retryAfterMs ?? retryAfterSeconds * 1000;

/** As an error tells it, or what caused it. */
export const reasonOf = (error: unknown): Reason => {
  const told: Told = Object(error);
  const cause: Told = Object(told.cause);
  const code = [told.code, cause.code].find((one) => typeof one === 'string');
  return { ...(code !== undefined && { code }), waitMs: Math.max(waitOf(told), waitOf(cause)) };
};
