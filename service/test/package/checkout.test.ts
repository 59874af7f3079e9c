import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { findFreePort } from '../free-port.ts';
import { hosts } from '../tokens.ts';
import { createFolder } from '../tools.ts';
import { demand, environment, root, run, serve } from './installed.ts';

/** The project as somebody has it who checks it out to run the service, or takes the element's package. */

const folder = createFolder();
afterAll(() => folder.remove());

const list = (...which: string[]): string[] =>
  execFileSync('git', ['ls-files', '-z', ...which], { cwd: root, encoding: 'utf8' })
    .split('\0')
    .filter(Boolean);

/** What is tracked or about to be, and nothing that was installed or built. */
const checkOut = (to: string): string => {
  for (const name of [...list(), ...list('--others', '--exclude-standard')].filter((one) =>
    existsSync(join(root, one)),
  )) {
    mkdirSync(dirname(join(to, name)), { recursive: true });
    cpSync(join(root, name), join(to, name), { verbatimSymlinks: true });
  }
  return to;
};

test('npm ci --omit=dev in a checkout builds the element, and the service is ready with it', async () => {
  const checkout = checkOut(join(folder.path, 'checkout'));
  const install = ['ci', '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  await demand('npm ci', run('npm', install, { cwd: checkout, env: environment }));
  const port = await findFreePort();
  const env = {
    ...environment,
    TU_ESIGN_HOSTS: folder.write('hosts.json', JSON.stringify({ hosts })),
    TU_ESIGN_DATA: join(folder.path, 'data'),
    TU_ESIGN_PORT: String(port),
  };
  const node = join(checkout, 'node_modules/.bin/node');
  const service = await serve(node, checkout, { parameters: ['service/start.js'], env });
  onTestFinished(() => void service.kill());
  const url = `http://localhost:${port}`;
  expect((await fetch(`${url}/health/ready`)).status).toBe(204);
  expect(await (await fetch(`${url}/element/tu-esign.js`)).text()).toContain('tu-esign');
  // Where it listens is told too, beside the address that browsers know it by.
  const told = JSON.parse(service.lines.find((line) => line.includes('the service listens'))!) as object;
  expect(told).toMatchObject({ address: url, bound: `127.0.0.1:${port}` });
  expect(await service.stop()).toBe(0);
});

test('the package of the element has what one reads first, and its licence', async () => {
  const pack = ['pack', '-w', 'tu-esign', '--dry-run', '--json'];
  const packed = JSON.parse(await demand('npm pack', run('npm', pack, { cwd: root, env: environment }))) as object;
  const [{ files }] = Object.values(packed) as [{ files: { path: string }[] }];
  expect(files.map(({ path }) => path)).toEqual(expect.arrayContaining(['README.md', 'LICENSE', 'package.json']));
});
