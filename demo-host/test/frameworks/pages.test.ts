import { expect, test } from 'vitest';
import { pageFolder } from './tools.ts';
import { beginWalk } from '../walk/begin.ts';
import { countListeners } from './listeners.ts';
import { download } from '../walk/outputs.ts';
import { consentAndSign, drawWithMouse, words } from '../walk/signatory.ts';
import { visit, waitFor, waitUntil, type VisitedPage } from '../walk/visit.ts';

const { en, 'es-MX': spanish } = words;

pageFolder('.');
const { browser, demo } = await beginWalk();

/** Presses one of the page's own buttons; what was told before is forgotten. */
const press = async ({ page, told }: VisitedPage, name: string): Promise<void> => {
  told.length = 0;
  await page.getByRole('button', { name, exact: true }).click();
};

test.each([
  ['React', 'react/'],
  ['React in StrictMode, which mounts twice', 'react/strict/'],
  ['Vue', 'vue/'],
  ['Angular', 'angular/'],
])(
  'pain 10: in a page by %s a signatory signs, while the page moves the element, and takes it out',
  async (_, path) => {
    const visited = await visit(browser, `${demo.url}/${path}`);
    const { page, complaints } = visited;
    await waitFor(visited, 'tu-esign-ready');
    await drawWithMouse(page, en);
    await press(visited, 'Move');
    await waitFor(visited, 'tu-esign-ready');
    await expect.poll(() => page.workers().length).toBe(1);
    await consentAndSign(page, en);
    await waitFor(visited, 'tu-esign-signed');
    await waitUntil(visited, ({ type, payload }) => type === 'tu-esign-progress' && payload['stage'] === 'done');
    await page.getByRole('heading', { name: en.done }).waitFor();
    await press(visited, 'Español');
    await page.getByRole('heading', { name: spanish.done }).waitFor();
    const copy = page.getByRole('link', { name: /Your copy of/ });
    const pdf = await download((await copy.getAttribute('href'))!);
    expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-');

    await press(visited, 'Close');
    await expect.poll(() => page.workers().length).toBe(0);
    const left = await countListeners(page);
    await press(visited, 'Open');
    await waitFor(visited, 'tu-esign-signed');
    await page.getByRole('heading', { name: spanish.done }).waitFor();
    await press(visited, 'Close');
    await expect.poll(() => page.workers().length).toBe(0);
    await expect.poll(() => countListeners(page)).toEqual(left);
    expect(complaints).toEqual([]);
    await page.context().close();
  },
);

/** Opens React's page, which gets its script only once the element is defined by a tag. */
const visitAfterTag = async (url: string, tag: string): Promise<VisitedPage> => {
  const visited = await visit(browser, 'about:blank');
  const { page } = visited;
  const defined = Promise.withResolvers<void>();
  await page.route('**/assets/index-*.js', (route) => defined.promise.then(() => route.continue()));
  await page.goto(url, { waitUntil: 'commit' });
  await page.addScriptTag({ type: 'module', url: tag });
  await page.waitForFunction(() => customElements.get('tu-esign'));
  defined.resolve();
  return visited;
};

test('pain 10: a page has the element by a script tag as well, before the npm package or after it', async () => {
  const [url, tag] = [`${demo.url}/react/`, `${demo.service.url}/element/tu-esign.js`];
  for (const open of [visitAfterTag, () => visit(browser, url)]) {
    const visited = await open(url, tag);
    const { page, complaints } = visited;
    await waitFor(visited, 'tu-esign-ready');
    await page.addScriptTag({ type: 'module', url: `${tag}?again` });
    await drawWithMouse(page, en);
    await consentAndSign(page, en);
    await waitFor(visited, 'tu-esign-signed');
    expect(complaints).toEqual([]);
    await page.context().close();
  }
});
