import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { inject } from 'vitest';
import { compileCache } from '../compile-cache.ts';
import { findFreePort } from '../free-port.ts';
import { ordersVariable, type Order, type Measured, type Passed, type Plan } from './plan.ts';

const pathOf = (name: string): string => join(inject('built'), name);

export interface ProcessOptions {
  environment: Record<string, string>;
  /** What it is told before it starts. */
  orders?: Order[];
  /** Further parameters of Node's. */
  parameters?: string[];
}

/** What the kernel says of a process (proc(5), stat), from its state on; nothing where it is gone. */
const statOf = (pid: number): string[] => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
};

/** Milliseconds of the processor, counted in hundredths of a second. */
const processorMs = (pid: number): number => {
  const [user, system] = statOf(pid).slice(11, 13);
  return 10 * (Number(user ?? 0) + Number(system ?? 0));
};

/** How a process ended. */
export interface End {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** The service as a process of its own, which can be told where to end. Resolves when it listens or has ended. */
export const startServiceProcess = async ({ environment, orders = [], parameters = [] }: ProcessOptions) => {
  const port = await findFreePort();
  const child = spawn(process.execPath, [...parameters, '--import', pathOf('kill-at.js'), pathOf('faults-main.js')], {
    env: {
      PATH: process.env['PATH']!,
      ...compileCache,
      TU_ESIGN_PORT: String(port),
      ...environment,
      [ordersVariable]: JSON.stringify(orders),
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const lines: string[] = [];
  const complaints: string[] = [];
  createInterface(child.stderr!).on('line', (line) => complaints.push(line));
  const ended = once(child, 'exit').then(([code, signal]): End => ({ code, signal }));
  const listening = new Promise<true>((resolve) => {
    createInterface(child.stdout!).on('line', (line) => {
      lines.push(line);
      if (line.includes('"the service listens"')) resolve(true);
    });
  });
  await Promise.race([listening, ended]);
  // Who has ended cannot be spoken to.
  const say = (order: Order) => void (child.connected && child.send(order, () => {}));
  const ask = async <Answer>(order: Order): Promise<Answer> => {
    say(order);
    const [answer] = (await once(child, 'message')) as [Answer];
    return answer;
  };
  return {
    pid: child.pid!,
    url: `http://127.0.0.1:${port}`,
    /** What it took of the processor until it listened, in milliseconds. */
    startMs: processorMs(child.pid!),
    /** What it logged. */
    lines,
    /** What it wrote beside the log. */
    complaints,
    ended,
    hasEnded: (): boolean => child.exitCode !== null || child.signalCode !== null,
    wasKilled: (): boolean => child.signalCode === 'SIGKILL',
    /** Whether it stands still (SIGSTOP). */
    isFrozen: (): boolean => statOf(child.pid!)[0] === 'T',
    follow: (plan: Plan): void => say({ plan }),
    /** Sets its wall clock so much forward or back. */
    shiftClock: (shiftMs: number): Promise<unknown> => ask({ shiftMs }),
    /** The points passed since it was told a plan. */
    listPassed: async (): Promise<string[]> => (await ask<Passed>({ list: true })).passed,
    /** Bytes, after a collection of garbage where it was started with --expose-gc. */
    measureMemory: async (): Promise<number> => (await ask<Measured>({ measure: true })).resident,
    /** Resolves when it has ended; a process that is frozen is not waited for. */
    async signal(signal: NodeJS.Signals): Promise<void> {
      child.kill(signal);
      if (!['SIGSTOP', 'SIGCONT'].includes(signal)) await ended;
    },
  };
};
export type ServiceProcess = Awaited<ReturnType<typeof startServiceProcess>>;
