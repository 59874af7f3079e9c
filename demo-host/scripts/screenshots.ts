import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { BrowserContext, Page } from 'playwright-core';
import { states } from '../gallery/states.ts';
import { startDemo } from '../demo/demo.ts';
import { openState, type View } from '../test/open-state.ts';
import { openBrowser } from '../test/walk/start.ts';
import { draw } from './draw.ts';

/**
 * Pictures of the gallery: the few that docs/contribute/gallery.md shows, or every state at every width with --all FOLDER. And one of
 * the demo itself, which the README shows. Names of states after it take those alone.
 */

const phone = 375;
const desktop = 1280;
const shown: View[] = [
  { state: 'ready', theme: 'light', width: desktop },
  { state: 'initials', theme: 'light', width: desktop },
  { state: 'done', theme: 'dark', width: desktop },
  { state: 'searching', theme: 'dark', width: desktop },
  { state: 'reading', theme: 'light', width: phone },
  { state: 'ready', theme: 'light', width: phone },
  { state: 'consents', theme: 'light', width: phone },
  { state: 'done', theme: 'light', width: phone },
  { state: 'typed', theme: 'dark', width: phone },
  { state: 'uploaded', theme: 'light', width: phone },
  { state: 'declining', theme: 'dark', width: phone },
  { state: 'signing', theme: 'light', width: phone },
  { state: 'done-pending', theme: 'dark', width: phone },
  { state: 'problem-token-expired', theme: 'light', width: phone },
  { state: 'problem-page-incomplete', theme: 'dark', width: phone },
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    all: { type: 'string' },
    state: { type: 'string', multiple: true },
    width: { type: 'string', multiple: true },
  },
});

/** All that are shown, or those that are named; the demo's page is named `demo`. */
const isAsked = (name: string): boolean => positionals.length === 0 || positionals.includes(name);

const all = (): View[] => {
  const widths = (values.width ?? ['280', '375', '768', '1280']).map(Number);
  const names = values.state ?? states.map(({ name }) => name);
  return names.flatMap((state) =>
    widths.flatMap((width) => (['light', 'dark'] as const).map((theme): View => ({ state, theme, width }))),
  );
};

/** Waits until what is in view of the document is painted: a page that was scrolled to is painted a moment later. */
const painted = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => {
    const scroller = document.querySelector('tu-esign')!.shadowRoot?.querySelector('[part=pages]');
    if (!scroller) return true;
    const { top, bottom } = scroller.getBoundingClientRect();
    return [...scroller.querySelectorAll('.page')].every((of) => {
      const box = of.getBoundingClientRect();
      return box.bottom < top || box.top > bottom || of.querySelector('canvas:not(.sketch)') !== null;
    });
  });

/** WebP, which the browser writes but Playwright does not ask for. */
const picture = async (page: Page): Promise<Buffer> => {
  const box = (await page.locator('body').boundingBox())!;
  // A window as high as the page: what lies behind a dialog is darkened as far as the window reaches.
  await page.setViewportSize({ width: Math.ceil(box.width), height: Math.ceil(box.height) });
  await painted(page);
  const session = await page.context().newCDPSession(page);
  const clip = { ...box, scale: 1 };
  const { data } = await session.send('Page.captureScreenshot', {
    format: 'webp',
    quality: 82,
    captureBeyondViewport: true,
    clip,
  });
  return Buffer.from(data, 'base64');
};

const take = async (context: BrowserContext, url: string, view: View): Promise<void> => {
  const page = await openState(context, url, view);
  await painted(page);
  const name = join(target, `${view.state}-${view.theme}-${view.width}`);
  if (values.all) await page.screenshot({ path: `${name}.png`, fullPage: true });
  else await writeFile(`${name}.webp`, await picture(page));
  await page.close();
};

/** The demo's page, while somebody signs: the ink is on the pad and in the document. */
const takeDemo = async (context: BrowserContext, url: string): Promise<void> => {
  const page = await context.newPage();
  await page.setViewportSize({ width: desktop, height: 800 });
  await page.goto(url);
  await page.locator('tu-esign [part=sign-button]').waitFor();
  await page.locator('tu-esign .page canvas').first().waitFor();
  await page.locator('tu-esign .checking').waitFor({ state: 'detached' });
  await draw(page);
  await page.locator('tu-esign .consent input').check();
  await page.mouse.move(0, 0);
  // The zoom's buttons fade for a moment, and the place is scrolled to at the next frame.
  await pause(500);
  await painted(page);
  await page.screenshot({ path: fileURLToPath(new URL('../screenshot.png', import.meta.url)) });
  await page.close();
};

const target = values.all ?? fileURLToPath(new URL('../../docs/gallery', import.meta.url));
await mkdir(target, { recursive: true });
const folder = await mkdtemp(join(tmpdir(), 'tu-esign-gallery-'));
const demo = await startDemo({ folder, port: 3200, servicePort: 8280 });
const browser = await openBrowser();
const context = await browser.newContext({ reducedMotion: 'reduce' });
try {
  for (const view of values.all ? all() : shown.filter(({ state }) => isAsked(state))) {
    await take(context, demo.url, view).catch((error: Error) => console.error(`${view.state}: ${error.message}`));
  }
  if (!values.all && isAsked('demo')) await takeDemo(context, demo.url);
} finally {
  await browser.close();
  await demo.stop();
  await rm(folder, { recursive: true });
}
