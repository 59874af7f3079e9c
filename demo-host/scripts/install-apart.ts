import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Tells what the tool said, not how it was called. */
const fail = ({ stdout, stderr }: { stdout: string; stderr: string }): never => {
  console.error(`${stdout}${stderr}`);
  process.exit(1);
};

/** Installs what a project of its own needs, where it is not there yet. */
export const installApart = async (folder: string, what: string): Promise<void> => {
  const lock = await readFile(join(folder, 'package-lock.json'));
  const digest = createHash('sha256').update(lock).digest('hex');
  const stamp = join(folder, 'node_modules/.installed');
  if ((await readFile(stamp, 'utf8').catch(() => '')) === digest) return;
  console.log(`Installing ${what} …`);
  const quietly = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await run('npm', ['ci', ...quietly], { cwd: folder }).catch(fail);
  await writeFile(stamp, digest);
};

/** Runs a tool of such a project, in a folder of it. */
export const runTool = async (
  project: string,
  tool: string,
  args: string[],
  { cwd = project, mode = 'production' } = {},
): Promise<void> => {
  const file = join(project, 'node_modules/.bin', tool);
  await run(process.execPath, [file, ...args], { cwd, env: { ...process.env, NODE_ENV: mode } }).catch(fail);
};
