import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { inject } from 'vitest';
import { compileCache } from './compile-cache.ts';
import { findFreePort } from './free-port.ts';
import { hosts } from './tokens.ts';
import type { Folder } from './tools.ts';
import { until } from './until.ts';

/** The service as operators run it. */
export interface ServiceProcess {
  url: string;
  pid: number;
  /** What it logged. */
  lines: string[];
  /** SIGTERM where no other is told; its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  /** SIGKILL: nothing is ended or handed back. */
  kill(): Promise<void>;
}

/**
 * Starts the service in a process of its own, for the hosts of the tests, and waits until it is ready.
 * @param folder where the hosts file goes
 */
export const startServiceProcess = async (
  folder: Folder,
  environment: Record<string, string>,
): Promise<ServiceProcess> => {
  const port = await findFreePort();
  const settings = {
    PATH: process.env['PATH']!,
    ...compileCache,
    TU_ESIGN_HOSTS: folder.write('hosts.json', JSON.stringify({ hosts })),
    TU_ESIGN_ELEMENT: '',
    TU_ESIGN_PORT: `${port}`,
  };
  const child = spawn(process.execPath, [join(inject('built'), 'main.js')], {
    env: { ...settings, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => lines.push(line));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const end = (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal);
    return ended;
  };
  const url = `http://127.0.0.1:${port}`;
  const kill = async (): Promise<void> => void (await end('SIGKILL'));
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const look = async () => hasEnded() || isReady(url);
  await until('a service that is ready', look, { progress: () => lines.length }).catch(kill);
  if (hasEnded()) throw new Error(`the service did not start:\n${lines.join('\n')}`);
  return { url, pid: child.pid!, lines, stop: (signal = 'SIGTERM') => end(signal), kill };
};

const isReady = async (url: string): Promise<true | undefined> => {
  const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
  return answer?.ok || undefined;
};
