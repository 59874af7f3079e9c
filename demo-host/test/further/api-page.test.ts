import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { beginWalk } from '../walk/begin.ts';

const built = existsSync(fileURLToPath(new URL('../../../docs/site/dist/site/api/swagger-ui.js', import.meta.url)));
const { browser, demo } = await beginWalk();

test.skipIf(!built)('the HTTP API is tried in the documentation, and nobody else is asked (npm run docs)', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  const asked: URL[] = [];
  const complaints: string[] = [];
  context.on('request', (request) => asked.push(new URL(request.url())));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.goto(`${demo.url}/docs/api/`);
  const list = page.locator('.opblock', { hasText: '/v1/signings' }).filter({ hasText: 'GET' }).first();
  await list.locator('.opblock-summary').click();
  await list.getByRole('button', { name: 'Try it out' }).click();
  await list.getByRole('button', { name: 'Execute' }).click();
  await expect
    .poll(() => list.locator('.live-responses-table .response .response-col_status').first().textContent())
    .toContain('200');
  const { origin } = new URL(demo.url);
  expect(asked.length).toBeGreaterThan(4);
  expect(asked.filter((url) => url.origin !== origin && url.protocol !== 'data:').map(String)).toEqual([]);
  expect(complaints).toEqual([]);
  await context.close();
});

test.skipIf(!built)('pages of the documentation ask nobody else either', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  const foreign: string[] = [];
  const { origin } = new URL(demo.url);
  context.on('request', (request) => new URL(request.url()).origin !== origin && foreign.push(request.url()));
  for (const path of ['/docs/', '/docs/start/embed', '/docs/es/', '/docs/es/guides/theming']) {
    await page.goto(demo.url + path, { waitUntil: 'networkidle' });
    await page.locator('.vp-doc h1').waitFor();
  }
  expect(foreign.filter((url) => !url.startsWith('data:'))).toEqual([]);
  await context.close();
});
