import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import got from 'got';

const startsWithin = 30_000;
const stopsWithin = 25_000;

/** A program of ours, as a process of its own. */
export interface Program {
  pid: number;
  /** Resolves when the process has ended, for whatever reason. */
  ended: Promise<void>;
  /** Asks it to stop, and waits until it has. */
  stop(): Promise<void>;
}

export interface ProgramOptions {
  /** What it is called where it does not start. */
  name: string;
  /** Its file. */
  main: string;
  /** What answers 200 once it takes requests. */
  readyUrl: string;
  /** Its variables. */
  environment: Record<string, string>;
  /** Where its log goes. */
  log: string;
}

/**
 * Starts a program and waits until it takes requests.
 * @throws Error with the last lines it wrote
 */
export const startProgram = async ({ name, main, readyUrl, environment, log }: ProgramOptions): Promise<Program> => {
  const output = await open(log, 'a', 0o600);
  const { size } = await output.stat();
  const child = run(main, environment, output.fd);
  const ended = once(child, 'close').then(() => {});
  await output.close();
  const stop = () => end(child, ended);
  if (await Promise.race([isReady(readyUrl), ended])) return { pid: child.pid!, ended, stop };
  await stop();
  throw new Error(`${name} did not start:\n${await lastLines(log, size)}\nIts whole log: ${log}`);
};

const run = (main: string, environment: Record<string, string>, output: number): ChildProcess => {
  // In a process group of its own: Ctrl-C then reaches this process alone, which asks the program to stop, once.
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', output, output],
    detached: true,
  });
  const kill = () => child.kill();
  process.once('exit', kill);
  child.once('close', () => process.off('exit', kill));
  return child;
};

const end = async (child: ChildProcess, ended: Promise<void>): Promise<void> => {
  child.kill('SIGTERM');
  await Promise.race([ended, wait(stopsWithin, undefined, { ref: false })]);
  child.kill('SIGKILL');
  await ended;
};

const isReady = async (url: string): Promise<boolean> => {
  const deadline = Date.now() + startsWithin;
  while (Date.now() < deadline) {
    const answer = await got(url, { retry: { limit: 0 }, timeout: { request: 2_000 } }).catch(() => null);
    if (answer) return true;
    await wait(100);
  }
  return false;
};

const lastLines = async (path: string, from: number): Promise<string> =>
  (await readFile(path)).subarray(from).toString().trimEnd().split('\n').slice(-10).join('\n');
