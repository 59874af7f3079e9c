import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** A process that answers HTTP at an address. */
export interface Instance {
  url: string;
  stop(): Promise<void>;
}

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

/** Starts a program that listens on TU_ESIGN_PORT and waits until it answers. */
export const startProgram = async (
  program: string,
  port: number,
  environment: Record<string, string>,
): Promise<Instance> => {
  const env = { ...process.env, ...environment, TU_ESIGN_PORT: String(port) };
  const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = once(child, 'exit');
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  for (let tried = 0; tried < 300 && child.exitCode === null; tried += 1) {
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
    if (answer?.ok) return { url, stop };
    await wait(50);
  }
  await stop();
  throw new Error(`${program} did not start`);
};

/** The service, as operators start it. */
export const startInstance = (port: number, environment: Record<string, string>): Promise<Instance> =>
  startProgram(main, port, environment);
