import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync, globSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Koa from 'koa';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listen } from '../demo/port.ts';
import { createDocumentation } from '../page/documentation.ts';
import { writePages } from '../scripts/docs-pages.ts';

const root = join(import.meta.dirname, '../..');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tu-esign-docs-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('each page is in the site, its links lead to pages of the site, and the menus do as well', async () => {
  await writePages(root, folder);
  const pages = globSync('**/*.md', { cwd: join(folder, 'pages') });
  expect(pages).toEqual(expect.arrayContaining(['index.md', 'understand/security.md', 'decisions/index.md']));
  const dead = pages.flatMap((page) => {
    const text = readFileSync(join(folder, 'pages', page), 'utf8');
    const links = Array.from(text.matchAll(/\]\((\.[^)\s#]+)/g), ([, link]) => link!);
    return links.filter((link) => !existsSync(join(folder, 'pages', dirname(page), link))).map((link) => [page, link]);
  });
  expect(dead).toEqual([]);
  type Menu = { items: { link: string }[] }[];
  const menus = JSON.parse(await readFile(join(folder, 'sidebars.json'), 'utf8')) as Record<'root' | 'es', Menu>;
  const linksIn = (menu: Menu) => menu.flatMap(({ items }) => items.map(({ link }) => link));
  const spanish = linksIn(menus.es);
  expect(spanish.filter((link) => !link.startsWith('/es/'))).toEqual([]);
  expect(spanish.length).toBeGreaterThan(14);
  const links = [...linksIn(menus.root), ...spanish].filter((link) => !link.endsWith('.html'));
  expect(links.length).toBeGreaterThan(45);
  expect(
    links.filter((link) => !pages.includes(link.endsWith('/') ? `${link.slice(1)}index.md` : `${link.slice(1)}.md`)),
  ).toEqual([]);
});

const serve = async (built: string) => {
  const app = new Koa();
  app.use(await createDocumentation(built));
  const server = await listen(app.callback(), 0);
  const get = (path: string) => fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
  return { get, stop: () => server.close() };
};

test('what was built is served at /docs, and nothing else of the disk', async () => {
  await mkdir(join(folder, 'site/start'), { recursive: true });
  await writeFile(join(folder, 'secret.html'), 'secret');
  for (const name of ['index', 'start/try']) await writeFile(join(folder, `site/${name}.html`), name);
  const { get, stop } = await serve(join(folder, 'site'));
  const answers = await Promise.all(
    ['/docs', '/docs/', '/docs/start/try', '/docs/start/try.html'].map(async (path) => (await get(path)).text()),
  );
  expect(answers).toEqual(['index', 'index', 'start/try', 'start/try']);
  for (const path of ['/docs/none', '/docs/..%2fsecret', '/docs/%2e%2e/secret.html'])
    expect((await get(path)).status).toBe(404);
  stop();
});

test('where it was not built, the answer says how it is', async () => {
  const { get, stop } = await serve(join(folder, 'none'));
  const answer = await get('/docs/');
  expect([answer.status, await answer.text()]).toEqual([404, 'npm run docs builds it']);
  stop();
});
