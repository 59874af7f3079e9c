import { cp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { installApart, runTool } from './install-apart.ts';

const here = join(import.meta.dirname, '../frameworks');
const element = join(here, '../../widget');

/** Puts the element's package where npm would: the files that it publishes, and no more. */
const installElement = async (): Promise<void> => {
  const target = join(here, 'node_modules/tu-esign');
  await rm(target, { recursive: true, force: true });
  const { files } = JSON.parse(await readFile(join(element, 'package.json'), 'utf8')) as { files: string[] };
  for (const file of ['package.json', ...files]) await cp(join(element, file), join(target, file), { recursive: true });
};

/** Runs a tool of the pages' own, in a page's folder. */
const build = async (page: string, tool: string, ...args: string[]): Promise<void> => {
  const mode = args.includes('development') ? 'development' : 'production';
  const began = performance.now();
  await runTool(here, tool, args, { cwd: join(here, page), mode });
  console.log(`${[page, ...args].join(' ')}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
};

const buildReact = async (): Promise<void> => {
  await build('react', 'vite', 'build');
  await build('react', 'vite', 'build', '--mode', 'development');
};

// Half a minute, 280 MB.
await installApart(here, 'React, Vue and Angular with their compilers');
await installElement();
await Promise.all([
  build('angular', 'architect', 'page:build'),
  buildReact().then(() => build('vue', 'vite', 'build')),
]);
