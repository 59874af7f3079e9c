import { Problem } from '#problem.ts';
import { SetupError } from '#setup-error.ts';
import type { Log } from './log.ts';

/** A time in which a clock can be right. */
export interface Bounds {
  from: Date;
  to: Date;
}

/** The time of day, as far as it is believed. */
export interface Clock {
  /**
   * What is written with a time from before its authority's certificates would stay broken: nothing is.
   * @throws Problem clock-wrong
   */
  readonly now: () => Date;
  /**
   * From now on times outside are not believed.
   * @throws SetupError where it is outside now
   */
  bound(bounds: Bounds): void;
  close(): void;
}

export interface ClockOptions {
  log: Pick<Log, 'error'>;
  /** How often it is compared with a clock that nobody sets, in milliseconds. */
  lookEveryMs?: number;
}

/** A clock that is kept by NTP is moved by less at once. */
const jumpMs = 10_000;

export const createClock = ({ log, lookEveryMs = 5_000 }: ClockOptions): Clock => {
  let bounds: Bounds | undefined;
  /** How far the time of day is before the clock that nobody sets. */
  let ahead = Date.now() - performance.now();

  const look = (): void => {
    const movedMs = Math.round(Date.now() - performance.now() - ahead);
    if (Math.abs(movedMs) < jumpMs) return;
    ahead += movedMs;
    log.error('the clock of this machine has jumped: set it by NTP', { movedMs });
  };

  const timer = setInterval(look, lookEveryMs);
  timer.unref();
  const isBelieved = (now: Date): boolean => !bounds || (bounds.from <= now && now <= bounds.to);
  return {
    now: () => {
      const now = new Date();
      if (!isBelieved(now)) throw new Problem('clock-wrong');
      return now;
    },
    bound(told) {
      const now = new Date();
      bounds = told;
      if (!isBelieved(now)) throw new SetupError(describe(now, told));
    },
    close: () => clearInterval(timer),
  };
};

const describe = (now: Date, { from, to }: Bounds): string =>
  now < from
    ? `the clock of this machine says ${now.toISOString()}, and the authority began at ${from.toISOString()}: set the clock right, and start again`
    : `the authority's certificates ended at ${to.toISOString()}, and the clock of this machine says ${now.toISOString()}: set the clock right, or move the keys away so that a new authority is made`;
