import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Demo } from '../../demo/demo.ts';
import { killBrowser } from './crash.ts';
import { judge, waitForOutputs } from '../walk/outputs.ts';
import { drawWithMouse, words } from '../walk/signatory.ts';
import { browserOptions, newHome, start } from '../walk/start.ts';
import { scrollToEnd, visitIn, waitFor } from '../walk/visit.ts';

const sample = fileURLToPath(new URL('../../agreement.pdf', import.meta.url));
const spanish = words['es-MX'];

let demo: Demo;
let context: BrowserContext | undefined;

beforeAll(async () => {
  demo = await start(await newHome());
});
afterAll(async () => {
  await context?.close();
  await demo?.stop();
});

const openProfile = async (profile: string): Promise<BrowserContext> => {
  context = await chromium.launchPersistentContext(profile, {
    ...browserOptions,
    viewport: { width: 1280, height: 900 },
  });
  return context;
};

const consentOf = (page: Page) => page.locator('tu-esign .consent').getByRole('checkbox');
const positionOf = (page: Page) => page.locator('tu-esign .position input').inputValue();

/** The ink upon the pad, as a picture. */
const inkOf = (page: Page): Promise<string> =>
  page.locator('tu-esign [part=pad] canvas').evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());

/** Has the page remember when it was last clicked. */
const rememberClicks = (page: Page): Promise<void> =>
  page.evaluate(() =>
    addEventListener('click', () => (document.documentElement.dataset['clicked'] = String(Date.now())), true),
  );

/** Waits until the browser has put away what was clicked last. */
const waitForDraft = async (page: Page): Promise<void> => {
  const since = await page.evaluate(() => Number(document.documentElement.dataset['clicked']));
  await expect.poll(() => page.evaluate(readSavedAt)).toBeGreaterThan(since);
};

/** Runs in the page: when a draft was last put away. */
const readSavedAt = async (): Promise<number> => {
  const databases = await indexedDB.databases();
  if (!databases.some(({ name }) => name === 'tu-esign')) return 0;
  return new Promise((resolve) => {
    const opening = indexedDB.open('tu-esign');
    opening.addEventListener('success', () => {
      const { result: database } = opening;
      const reading: IDBRequest<{ savedAt: number }[]> = database.transaction('drafts').objectStore('drafts').getAll();
      reading.addEventListener('success', () => {
        database.close();
        resolve(Math.max(0, ...reading.result.map(({ savedAt }) => savedAt)));
      });
    });
  });
};

test('pain 1: a browser that is killed in mid-visit gives autograph, consent and place back, and the document is signed', async () => {
  const profile = await mkdtemp(join(tmpdir(), 'tu-esign-profile-'));
  const first = await visitIn(await openProfile(profile), demo.url);
  await waitFor(first, 'tu-esign-ready');
  await drawWithMouse(first.page, spanish);
  await scrollToEnd(first.page);
  await expect.poll(() => positionOf(first.page)).toBe('3');
  await rememberClicks(first.page);
  await consentOf(first.page).check();
  const [ink, address] = [await inkOf(first.page), first.page.url()];
  await waitForDraft(first.page);
  const gone = context!.waitForEvent('close');
  expect(await killBrowser(profile)).toBeGreaterThan(3);
  await gone;

  const again = await visitIn(await openProfile(profile), address);
  const sign = again.page.getByRole('button', { name: spanish.sign, exact: true });
  await expect.poll(() => sign.getAttribute('aria-disabled')).toBe('false');
  expect(await consentOf(again.page).isChecked()).toBe(true);
  expect(await inkOf(again.page)).toBe(ink);
  await expect.poll(() => positionOf(again.page)).toBe('3');
  await sign.click();
  await judge(await waitForOutputs(again), demo.service.url, sample);
});
