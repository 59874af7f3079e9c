import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { inject } from 'vitest';
import { operate as runOperate } from '../src/command/operate.ts';
import { connectFrom } from '../src/command/service-client.ts';
import { terminal } from '../src/command/terminal.ts';
import { verify } from '../src/command/verify/verify.ts';
import { compileCache } from './compile-cache.ts';

export interface Operated {
  exitCode: number;
  stdout: string;
  stderr: string;
}

type Run = typeof runOperate | typeof verify;

/** Runs a command in this process: to start one for each costs more than what it does. */
const runHere = async (run: Run, parameters: string[], environment: NodeJS.ProcessEnv): Promise<Operated> => {
  const said = { stdout: '', stderr: '' };
  const exitCode = await run(parameters, {
    resolve: terminal.resolve,
    connect: connectFrom(environment),
    print: (text) => void (said.stdout += text),
    printError: (text) => void (said.stderr += text),
  });
  return { exitCode, ...said };
};

/** As `npm run operate -- …` does. */
export const operate = (parameters: string[], environment: NodeJS.ProcessEnv = {}): Promise<Operated> =>
  runHere(runOperate, parameters, environment);

/** As `npm run verify -- …` does. */
export const verifyFiles = (...parameters: string[]): Promise<Operated> => runHere(verify, parameters, {});

/** The same in a process of its own, with its streams, its environment and its exit code. */
export const startCommand = (
  name: 'operate' | 'verify',
  parameters: string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<Operated> =>
  new Promise((resolve) => {
    const { PATH } = process.env;
    const options = { env: { PATH, ...compileCache, ...environment } };
    const child = execFile(
      process.execPath,
      [join(inject('built'), `${name}.js`), ...parameters],
      options,
      (_error, stdout, stderr) => resolve({ exitCode: child.exitCode ?? -1, stdout, stderr }),
    );
  });
