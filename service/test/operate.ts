import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { inject } from 'vitest';
import { commands } from '../src/command/commands.ts';
import { createRun } from '../src/command/program.ts';
import { terminal } from '../src/command/terminal.ts';
import { compileCache } from './compile-cache.ts';

export interface Operated {
  exitCode: number;
  stdout: string;
  stderr: string;
}

const run = createRun(commands, '0.0.0');

/** As `tu-esign …` does, in this process: to start one for each costs more than what it does. */
export const operate = async (parameters: string[], environment: NodeJS.ProcessEnv = {}): Promise<Operated> => {
  const said = { stdout: '', stderr: '' };
  const exitCode = await run(parameters, {
    environment,
    resolve: terminal.resolve,
    print: (text) => void (said.stdout += text),
    printError: (text) => void (said.stderr += text),
  });
  return { exitCode, ...said };
};

/** As `tu-esign verify …` does. */
export const verifyFiles = (...parameters: string[]): Promise<Operated> => operate(['verify', ...parameters]);

/** The same in a process of its own, with its streams, its environment and its exit code. */
export const startCommand = (parameters: string[], environment: NodeJS.ProcessEnv = {}): Promise<Operated> =>
  new Promise((resolve) => {
    const { PATH } = process.env;
    const options = { env: { PATH, ...compileCache, ...environment } };
    const child = execFile(
      process.execPath,
      [join(inject('built'), 'tu-esign.js'), ...parameters],
      options,
      (_error, stdout, stderr) => resolve({ exitCode: child.exitCode ?? -1, stdout, stderr }),
    );
  });
