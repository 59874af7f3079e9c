import { execFile, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Operated } from '../operate.ts';
import { until } from '../until.ts';

export const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Without the project's own Node and tools: what a machine has on which nobody has a checkout. */
const machinePath = process.env['PATH']!.split(delimiter).filter((path) => !path.includes('node_modules'));
export const environment = {
  PATH: machinePath.join(delimiter),
  HOME: process.env['HOME'] ?? '/root',
  // By which a machine believes its registry: npm's own setting for it lies beside what is installed globally.
  ...(process.env['NODE_EXTRA_CA_CERTS'] && { NODE_EXTRA_CA_CERTS: process.env['NODE_EXTRA_CA_CERTS'] }),
};

export const run = (program: string, parameters: string[], options: { cwd: string; env: object }): Promise<Operated> =>
  new Promise((resolve) => {
    const child = execFile(
      program,
      parameters,
      { ...options, env: { ...options.env }, maxBuffer: 64 * 1024 * 1024 },
      (_error, stdout, stderr) => resolve({ exitCode: child.exitCode ?? -1, stdout, stderr }),
    );
  });

export const demand = async (what: string, running: Promise<Operated>): Promise<string> => {
  const { exitCode, stdout, stderr } = await running;
  if (exitCode !== 0) throw new Error(`${what} failed:\n${stdout}\n${stderr}`);
  return stdout;
};

/** Packs the service as it is released, and installs it into an empty folder. */
export const installPackage = async (folder: string) => {
  const pack = ['pack', '--silent', '-w', '@tu-esign/service', '--pack-destination', folder];
  await demand('npm pack', run('npm', pack, { cwd: root, env: environment }));
  const [name, ...others] = readdirSync(folder).filter((file) => file.endsWith('.tgz'));
  if (!name || others.length > 0)
    throw new Error(`npm pack made ${[name, ...others].join()}: one file is to be enough`);
  const tarball = join(folder, name);
  const install = ['install', '--no-audit', '--no-fund', '--ignore-scripts'];
  const npm = (...words: string[]) => demand(`npm ${words[0]}`, run('npm', words, { cwd: folder, env: environment }));
  await npm(...install, tarball);
  const command = join(folder, 'node_modules/.bin/tu-esign');
  return {
    tarball,
    /** `npx` of the file, called in a folder. An absolute path alone would be taken for a program. */
    npx: (cwd: string, ...parameters: string[]) =>
      run('npx', ['--yes', `--package=${tarball}`, 'tu-esign', ...parameters], { cwd, env: environment }),
    /** `npm install -g`, to a place of its own. */
    installGlobally: async (prefix: string) => {
      await npm(...install, '--global', '--prefix', prefix, tarball);
      return (...parameters: string[]) =>
        run(join(prefix, 'bin/tu-esign'), parameters, { cwd: prefix, env: environment });
    },
    /** `tu-esign …`, called in a folder. */
    call: (cwd: string, ...parameters: string[]) => run(command, parameters, { cwd, env: environment }),
    /** What the host's own Node does. */
    node: (cwd: string, ...parameters: string[]) => demand('node', run('node', parameters, { cwd, env: environment })),
    /** `tu-esign serve`, until it listens. */
    serve: (cwd: string) => serve(command, cwd),
  };
};

interface ServeOptions {
  parameters?: string[];
  env?: NodeJS.ProcessEnv;
}

/** Starts a service, and waits until it listens. */
export const serve = async (
  command: string,
  cwd: string,
  { parameters = ['serve'], env = environment }: ServeOptions = {},
) => {
  const child = spawn(command, parameters, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => lines.push(line));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const listens = () => lines.some((line) => line.includes('the service listens')) || undefined;
  await until('a service that listens', listens, { progress: () => lines.length, log: () => lines.join('\n') });
  const stop = (signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> => {
    child.kill(signal);
    return ended;
  };
  return { lines, stop, kill: () => stop('SIGKILL') };
};
