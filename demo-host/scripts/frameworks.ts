import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const here = join(import.meta.dirname, '../frameworks');
const element = join(here, '../../widget');
const run = promisify(execFile);

/** Tells what the tool said, not how it was called. */
const fail = ({ stdout, stderr }: { stdout: string; stderr: string }): never => {
  console.error(`${stdout}${stderr}`);
  process.exit(1);
};

/** Installs what the pages are built with, where it is not there yet: half a minute, 280 MB. */
const install = async (): Promise<void> => {
  const lock = await readFile(join(here, 'package-lock.json'));
  const digest = createHash('sha256').update(lock).digest('hex');
  const stamp = join(here, 'node_modules/.installed');
  if ((await readFile(stamp, 'utf8').catch(() => '')) === digest) return;
  console.log('Installing React, Vue and Angular with their compilers …');
  await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: here }).catch(
    fail,
  );
  await writeFile(stamp, digest);
};

/** Puts the element's package where npm would: the files that it publishes, and no more. */
const installElement = async (): Promise<void> => {
  const target = join(here, 'node_modules/tu-esign');
  await rm(target, { recursive: true, force: true });
  const { files } = JSON.parse(await readFile(join(element, 'package.json'), 'utf8')) as { files: string[] };
  for (const file of ['package.json', ...files]) await cp(join(element, file), join(target, file), { recursive: true });
};

/** Runs a tool of the pages' own, in a page's folder. */
const build = async (page: string, tool: string, ...args: string[]): Promise<void> => {
  const environment = { ...process.env, NODE_ENV: args.includes('development') ? 'development' : 'production' };
  const file = join(here, 'node_modules/.bin', tool);
  const began = performance.now();
  await run(process.execPath, [file, ...args], { cwd: join(here, page), env: environment }).catch(fail);
  console.log(`${[page, ...args].join(' ')}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
};

const buildReact = async (): Promise<void> => {
  await build('react', 'vite', 'build');
  await build('react', 'vite', 'build', '--mode', 'development');
};

await install();
await installElement();
await Promise.all([
  build('angular', 'architect', 'page:build'),
  buildReact().then(() => build('vue', 'vite', 'build')),
]);
