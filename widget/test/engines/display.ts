import { once } from 'node:events';
import { spawn, type ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';

/** A display that nobody sees, for an engine that has no headless mode; `stop` ends it. */
export interface Display {
  name: string;
  stop(): void;
}

/** The display that is there, or one of our own. */
export async function openDisplay(): Promise<Display> {
  if (process.env.DISPLAY) return { name: process.env.DISPLAY, stop: () => {} };
  // The server itself chooses a number which is free, and writes it to this descriptor once it listens.
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const [number] = (await Promise.race([once(server.stdio[3] as Readable, 'data'), failureOf(server)])) as [Buffer];
  return { name: `:${number.toString().trim()}`, stop: () => server.kill() };
}

/** Never resolves: rejects when a program cannot be started, or ends. */
export async function failureOf(program: ChildProcess): Promise<never> {
  const [code] = (await once(program, 'exit')) as [number | null];
  throw new Error(`${program.spawnfile} has ended: ${code}`);
}
