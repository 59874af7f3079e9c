import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { compileCache } from './compile-cache.ts';

const pathOf = (name: string): string => fileURLToPath(new URL(`../src/command/${name}`, import.meta.url));

export interface Operated {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** Runs an operator's command in a process of its own, as `npm run operate -- …` does. */
export const operate = (parameters: string[], environment: NodeJS.ProcessEnv = {}): Promise<Operated> =>
  start([pathOf('operate-main.ts'), ...parameters], environment);

/** As `npm run verify -- …` does. */
export const verifyFiles = (...parameters: string[]): Promise<Operated> =>
  start([pathOf('verify-main.ts'), ...parameters], {});

const start = (parameters: string[], environment: NodeJS.ProcessEnv): Promise<Operated> =>
  new Promise((resolve) => {
    const { PATH } = process.env;
    const options = { env: { PATH, ...compileCache, ...environment }, timeout: 120_000 };
    const child = execFile(process.execPath, parameters, options, (_error, stdout, stderr) =>
      resolve({ exitCode: child.exitCode ?? -1, stdout, stderr }),
    );
  });
