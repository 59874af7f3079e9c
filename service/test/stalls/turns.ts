import { readdirSync } from 'node:fs';

/** Threads of this process, those of V8 and of the file system among them. */
export const countThreads = (): number => readdirSync('/proc/self/task').length;

/** The most memory that this process has had so far. */
export const mebibytes = (): number => process.resourceUsage().maxRSS / 1024;

/** What this thread alone, which answers everybody, has taken of a processor so far. */
const ownMs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

const everyMs = 20;

/** Figures of what happens between `begin` and `end`. */
export interface Figures {
  /** The longest that this thread worked without coming round: what an event loop lags where the machine is not busy. */
  longestTurnMs: number;
  /** All that it worked. */
  ownMs: number;
  /** All threads together. */
  allMs: number;
  threads: number;
  mebibytes: number;
}

const allMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** Counts what a thread takes of a processor, and no clock: a machine that does much else changes nothing of it. */
export const measureTurns = (): { end: () => Figures } => {
  const before = { own: ownMs(), all: allMs(), threads: countThreads(), mebibytes: mebibytes() };
  let [last, longestTurnMs, threads] = [before.own, 0, before.threads];
  const look = (): void => {
    const now = ownMs();
    longestTurnMs = Math.max(longestTurnMs, now - last);
    last = now;
  };
  const lookAtThreads = (): void => {
    threads = Math.max(threads, countThreads());
  };
  // Seldom: to list them costs more than all else here.
  const timers = [setInterval(look, everyMs), setInterval(lookAtThreads, 25 * everyMs)];
  return {
    end: () => {
      for (const timer of timers) clearInterval(timer);
      look();
      lookAtThreads();
      return {
        longestTurnMs,
        ownMs: last - before.own,
        allMs: allMs() - before.all,
        threads: threads - before.threads,
        mebibytes: mebibytes() - before.mebibytes,
      };
    },
  };
};
