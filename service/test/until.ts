import { setTimeout as wait } from 'node:timers/promises';

/** For so long nothing may move before what is waited for is given up, in milliseconds. */
export const patienceMs = 120_000;

const lookEveryMs = 50;
/** A look that comes later than this came late because the machine is busy: then those who are waited for are slow too. */
const mostAtOnceMs = 20 * lookEveryMs;
const nudgeEveryMs = 1_000;

export interface Meanwhile {
  /** All that moves on the way: whatever changes here is progress, and gives the wait another two minutes. */
  progress?: () => unknown;
  /** Ends what is waited for, such as a lease; called whenever nothing has moved for a second. */
  nudge?: () => Promise<unknown>;
  /** For so long nothing may move, in milliseconds: more than two minutes where what is waited for itself rests longer. */
  stillMs?: number;
  /** What its reader wants to see where it never came. */
  log?: () => string;
}

/**
 * Waits until there is something, for as long as anything moves: a machine that is slow is waited for, what stands still
 * is not.
 * @param look finds it, or gives undefined
 * @throws Error where nothing has moved for two minutes, or for what was asked for
 */
export const until = async <T>(
  what: string,
  look: () => T | undefined | Promise<T | undefined>,
  {
    progress = () => 'nothing',
    nudge = () => Promise.resolve(),
    stillMs: atMostMs = patienceMs,
    log = () => '',
  }: Meanwhile = {},
): Promise<T> => {
  let seen = JSON.stringify(progress());
  for (let stillMs = 0, nudgeAtMs = nudgeEveryMs; stillMs < atMostMs;) {
    const lookedAt = performance.now();
    const found = await look();
    if (found !== undefined) return found;
    await wait(lookEveryMs);
    const now = JSON.stringify(progress());
    stillMs = now === seen ? stillMs + Math.min(performance.now() - lookedAt, mostAtOnceMs) : 0;
    seen = now;
    if (stillMs === 0) nudgeAtMs = nudgeEveryMs;
    if (stillMs < nudgeAtMs) continue;
    await nudge();
    nudgeAtMs += nudgeEveryMs;
  }
  const minutes = atMostMs / 60_000;
  throw new Error(`${what}: never came, and for ${minutes} minutes nothing has moved since ${seen}\n${log()}`);
};

/** Asks again while the service cannot do it now: storage and database are slow as well where the machine is. */
export const untilAnswered = (what: string, ask: () => Promise<Response>): Promise<Response> =>
  until(what, async () => {
    const response = await ask();
    return response.status === 503 ? undefined : response;
  });
