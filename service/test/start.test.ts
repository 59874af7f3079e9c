import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { compileCache } from './compile-cache.ts';
import { hosts } from './tokens.ts';
import { createFolder } from './tools.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const start = join(root, 'service/start.js');
const folder = createFolder();
afterAll(() => folder.remove());

/** Without the project's own Node, as in a shell in which nothing was done. */
const machinePath = process.env['PATH']!.split(delimiter).filter((path) => !path.includes('node_modules'));

const isOld = (node: string): boolean => {
  const { stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' });
  const major = Number(/^v(\d+)\./.exec(stdout)?.[1]);
  return major >= 20 && major < 26;
};

const oldNode = [...machinePath, '/usr/bin', '/usr/local/bin']
  .map((path) => join(path, 'node'))
  .find((node) => existsSync(node) && isOld(node));

test.skipIf(oldNode === undefined)('an old Node (skipped where the machine has none) is told in one sentence', () => {
  const { status, stdout, stderr } = spawnSync(oldNode!, [start], { encoding: 'utf8' });
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(
    /^The service needs Node 26 and was started with Node 2\d\.[\d.]+: [^\n]*`npm run service`[^\n]*\.\n$/,
  );
});

test('the Node that is asked for is the one that the project brings', () => {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    dependencies: { node: string };
  };
  expect(readFileSync(start, 'utf8')).toContain(`oldest = ${/\d+/.exec(dependencies.node)![0]};`);
});

const endGroup = (leader: number): void => {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // All of it has ended, as it should.
  }
};

/** As docs/operate/install.md has it, with what npm and Node the machine has. */
const npmRunService = () => {
  const child = spawn('npm', ['run', '--silent', 'service'], {
    cwd: root,
    env: {
      ...compileCache,
      PATH: machinePath.join(delimiter),
      HOME: folder.path,
      TU_ESIGN_HOSTS: folder.write('hosts.json', JSON.stringify({ hosts })),
      TU_ESIGN_DATA: join(folder.path, 'data'),
      TU_ESIGN_PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that nothing is left where npm ends and the service does not.
    detached: true,
  });
  onTestFinished(() => endGroup(child.pid!));
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => lines.push(line));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, lines, ended };
};

test('npm run service starts it, whatever Node the machine has, and passes a stop on to it', async () => {
  const { child, lines, ended } = npmRunService();
  await expect.poll(() => lines.join('\n')).toContain('the service listens');
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect(lines.at(-1)).toContain('the service has stopped');
});
