import { extname } from 'node:path';
import type { Page } from 'playwright-core';
import type { TuEsign } from 'tu-esign';
import { expect, test } from 'vitest';
import { renderPage, type RenderedPage } from './hydrated.ts';
import { beginWalk } from '../walk/begin.ts';

const { browser, demo } = await beginWalk();

/** What the page's own script gives its framework, and what it remembers of the server's page. */
const hostScript = (service: string): string => `
  const post = async (path, body) => {
    const headers = { 'content-type': 'application/json' };
    return (await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) })).json();
  };
  const visit = post('/api/visits', {});
  window.host = {
    service: ${JSON.stringify(service)},
    getToken: async () => (await post('/api/token', { visit: (await visit).id })).token,
  };
  window.sent = document.querySelector('tu-esign');`;

interface SentPage {
  sent: TuEsign;
}

const types: Record<string, string> = { '.js': 'text/javascript', '.mjs': 'text/javascript' };

/** Opens what a server has rendered, with a tag before it or none; and what the console complains of. */
const openRendered = async ({ html, files }: RenderedPage, tag: string): Promise<[Page, string[]]> => {
  // A page that comes from the test alone has to be let in to the service.
  const context = await browser.newContext({ permissions: ['local-network-access'] });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  const text = `<!doctype html><link rel="icon" href="data:," />${tag}<div id="page">${html}</div>
    <script>${hostScript(demo.service.url)}</script><script type="module" src="/hydrated/hydrated.js"></script>`;
  await page.route('**/hydrated/**', (route) => {
    const name = new URL(route.request().url()).pathname.slice('/hydrated/'.length);
    const contentType = name ? types[extname(name)] : 'text/html';
    return route.fulfill({ body: name ? files.get(name)! : text, ...(contentType && { contentType }) });
  });
  await page.goto(`${demo.url}/hydrated/`);
  return [page, complaints];
};

/** What the element has once the framework has taken over. */
const held = (page: Page) =>
  page.evaluate(() => {
    const element = document.querySelector('tu-esign')!;
    const { serviceUrl, locale, id, textContent, getToken } = element;
    const isTheSame = element === (window as unknown as SentPage).sent;
    return { serviceUrl, locale, id, textContent, isTheSame, getToken: typeof getToken };
  });

for (const framework of ['react', 'vue'] as const) {
  test(`pain 10: ${framework} takes over a page that its server rendered, element and all, without a complaint`, async () => {
    const rendered = await renderPage(framework, demo.service.url);
    // Where a tag defines the element first, it is at work already when the framework comes.
    for (const tag of ['', `<script type="module" src="${demo.service.url}/element/tu-esign.js"></script>`]) {
      const [page, complaints] = await openRendered(rendered, tag);
      await page.locator('output', { hasText: 'ready' }).waitFor();
      expect(await held(page)).toEqual({
        serviceUrl: demo.service.url,
        locale: 'en',
        id: 'contract',
        textContent: 'Loading',
        isTheSame: true,
        getToken: 'function',
      });
      expect(complaints).toEqual([]);
      await page.context().close();
    }
  });
}

test('pain 10: a page other than what its server rendered is complained of', async () => {
  const { html, files } = await renderPage('react', demo.service.url);
  const [page, complaints] = await openRendered({ html: html.replace('nothing', 'something'), files }, '');
  await expect.poll(() => complaints.join()).toContain('Hydration failed');
  await page.context().close();
});
