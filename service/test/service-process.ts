import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { compileCache } from './compile-cache.ts';
import { findFreePort } from './free-port.ts';
import { hosts } from './tokens.ts';
import type { Folder } from './tools.ts';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
/** Four may start at once on a machine that does much else. */
const startsWithinMs = 90_000;

/** The service as operators run it. */
export interface ServiceProcess {
  url: string;
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
  const child = spawn(process.execPath, [main], {
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
  if (await Promise.race([isReady(url), ended.then(() => false)]))
    return { url, lines, stop: (signal = 'SIGTERM') => end(signal), kill: async () => void (await end('SIGKILL')) };
  await end('SIGKILL');
  throw new Error(`the service did not start:\n${lines.join('\n')}`);
};

const isReady = async (url: string): Promise<boolean> => {
  const endsAt = performance.now() + startsWithinMs;
  while (performance.now() < endsAt) {
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
    if (answer?.ok) return true;
    await wait(50);
  }
  return false;
};
