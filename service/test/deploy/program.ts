import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { until } from '../until.ts';

export interface ProgramOptions {
  environment?: Record<string, string>;
  /** Of loopback, where it listens once it is there. */
  port: number;
}

/** Somebody else's program that serves, until it is stopped. */
export const startProgram = async (program: string, parameters: string[], { environment, port }: ProgramOptions) => {
  const env = { PATH: process.env['PATH']!, ...environment };
  const child = spawn(program, parameters, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => lines.push(line));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const stop = async (): Promise<void> => {
    if (!hasEnded()) child.kill('SIGTERM');
    await ended;
  };
  const look = async () => hasEnded() || (await listens(port)) || undefined;
  await until(`${program}, which listens`, look, { progress: () => lines.length, log: () => lines.join('\n') });
  if (hasEnded()) throw new Error(`${program} did not start:\n${lines.join('\n')}`);
  return { lines, stop };
};
export type Program = Awaited<ReturnType<typeof startProgram>>;

const listens = async (port: number): Promise<boolean> => {
  const socket = connect(port, '127.0.0.1');
  const answered = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  socket.destroy();
  return answered;
};
