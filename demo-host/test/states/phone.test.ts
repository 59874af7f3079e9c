import type { BrowserContext, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { jagged } from '../ink.ts';
import { openState } from '../open-state.ts';
import { beginWalk } from '../walk/begin.ts';
import { moveFinger, tapTwice } from '../walk/finger.ts';
import { scrollsSideways } from './look.ts';

const { browser, demo } = await beginWalk();

const phone = (): Promise<BrowserContext> =>
  browser.newContext({ hasTouch: true, isMobile: true, reducedMotion: 'reduce' });

// What is pressed here is clicked: a tap that a busy machine draws out is a long press.
const clause = (page: Page) => page.locator('tu-esign .textLayer span', { hasText: 'persona cuyo nombre' }).first();
const boxOf = async (page: Page, part: string) => (await page.locator(`tu-esign ${part}`).first().boundingBox())!;

test('two taps enlarge the column under the finger, and two more show the width again', async () => {
  const context = await phone();
  const page = await openState(context, demo.url, { state: 'reading' });
  const before = (await clause(page).boundingBox())!;
  const finger = { x: before.x + before.width * 0.7, y: before.y + before.height / 2 };
  await tapTwice(page, finger);
  await expect.poll(async () => (await clause(page).boundingBox())!.width).toBeGreaterThan(before.width * 1.5);
  const after = (await clause(page).boundingBox())!;
  // The line that was pressed is still under the finger, and what was pressed of it is in view.
  expect(Math.abs(after.y + after.height / 2 - finger.y)).toBeLessThan(after.height);
  const pressed = after.x + after.width * 0.7;
  const pane = await boxOf(page, '.scroller');
  expect(pressed).toBeGreaterThan(pane.x);
  expect(pressed).toBeLessThan(pane.x + pane.width);
  await tapTwice(page, finger);
  await expect.poll(async () => (await clause(page).boundingBox())!.width).toBeCloseTo(before.width, 0);
  await context.close();
});

test('one tap changes nothing of the pages', async () => {
  const context = await phone();
  const page = await openState(context, demo.url, { state: 'reading' });
  const before = (await clause(page).boundingBox())!;
  await clause(page).tap();
  await page.waitForTimeout(600);
  expect(await clause(page).boundingBox()).toEqual(before);
  await context.close();
});

/** How wide and how high the ink is that is shown in the document. */
const inkInDocument = (page: Page): Promise<{ width: number; height: number }> =>
  page
    .locator('tu-esign .sketch')
    .first()
    .evaluate((canvas: HTMLCanvasElement) => {
      const { width, height } = canvas;
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, width, height);
      const ink = { left: width, right: 0, top: height, bottom: 0 };
      for (let at = 0; at < width * height; at++) {
        if (data[at * 4 + 3]! < 40) continue;
        const [x, y] = [at % width, Math.floor(at / width)];
        Object.assign(ink, { left: Math.min(ink.left, x), right: Math.max(ink.right, x) });
        Object.assign(ink, { top: Math.min(ink.top, y), bottom: Math.max(ink.bottom, y) });
      }
      return { width: ink.right - ink.left, height: ink.bottom - ink.top };
    });

test('a pad turned on its side fills the screen of a phone, and what is drawn along it stands upright in the document', async () => {
  const context = await phone();
  const page = await openState(context, demo.url, { state: 'signing-sheet' });
  const screen = { width: 375 + 32, height: 667 };
  await page.setViewportSize(screen);
  await page.locator('tu-esign .enlarge').click();
  expect(await boxOf(page, '.stage[open]')).toEqual({ x: 0, y: 0, ...screen });
  const pad = await boxOf(page, '.stage .pad canvas');
  expect(pad.width * pad.height).toBeGreaterThan(0.6 * screen.width * screen.height);
  expect(pad.height).toBeGreaterThan(pad.width * 1.5);
  // Left to right on the pad is from the head to the foot of a phone that is held upright.
  const at = ([along, down]: readonly [number, number]) => ({
    x: pad.x + pad.width * (0.8 - 0.6 * down),
    y: pad.y + pad.height * (0.15 + 0.7 * along),
  });
  const line = jagged.slice(1).flatMap((to, index) => {
    const from = jagged[index]!;
    return Array.from({ length: 12 }, (_, step) => {
      const part = (step + 1) / 12;
      return at([from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part]);
    });
  });
  await moveFinger(page, [at(jagged[0]!), ...line]);
  await page.getByRole('button', { name: 'Listo' }).click();
  await page.locator('tu-esign .stage').waitFor({ state: 'detached' });
  const { width, height } = await inkInDocument(page);
  expect(width).toBeGreaterThan(height * 1.5);
  await page.locator('tu-esign .consent input').check();
  await page.locator('tu-esign [part=sign-button][aria-disabled=false]').waitFor();
  await context.close();
});

test('read as text, a page is set anew in the reader’s size, says that it is an aid, and is one tap away', async () => {
  const context = await phone();
  const page = await openState(context, demo.url, { state: 'reading' });
  // So low that the host's page can be scrolled.
  await page.setViewportSize({ width: 375 + 32, height: 420 });
  await page.getByRole('button', { name: 'Leer como texto' }).click();
  const text = page.getByRole('region', { name: 'Leer como texto' });
  const aid = text.getByText('Ayuda para leer');
  await aid.waitFor();
  // It says so first of all, and the host's page has not moved for it.
  expect((await aid.boundingBox())!.y).toBeGreaterThanOrEqual((await text.boundingBox())!.y);
  expect(await page.evaluate(() => window.scrollY)).toBe(0);
  const paragraph = text.locator('p', { hasText: 'persona cuyo nombre' });
  await paragraph.waitFor();
  const size = () => paragraph.evaluate((of) => Number.parseFloat(getComputedStyle(of).fontSize));
  expect(await size()).toBe(16);
  await page.evaluate(() => (document.documentElement.style.fontSize = '24px'));
  expect(await size()).toBe(24);
  // What is too wide for the screen is broken, not scrolled to.
  expect(await text.evaluate((of) => of.scrollWidth <= of.clientWidth)).toBe(true);
  expect(await scrollsSideways(page)).toBe(false);
  await text.getByRole('button', { name: 'Página 2 de 3' }).click();
  await text.waitFor({ state: 'hidden' });
  await expect.poll(() => page.locator('tu-esign .position input').inputValue()).toBe('2');
  const second = await boxOf(page, '.page[data-page="2"]');
  const pane = await boxOf(page, '.scroller');
  expect(second.y).toBeLessThan(pane.y + pane.height / 3);
  await context.close();
});

test('on a phone both pads are in view at once where initials are asked for', async () => {
  const context = await phone();
  for (const width of [320, 375]) {
    const page = await openState(context, demo.url, { state: 'initials', width });
    const body = await boxOf(page, '.body');
    for (const pad of ['.pad:not(.small)', '.pad.small']) {
      const box = await boxOf(page, pad);
      expect(box.y).toBeGreaterThanOrEqual(body.y);
      expect(box.y + box.height, pad).toBeLessThanOrEqual(body.y + body.height);
    }
    await page.close();
  }
  await context.close();
});
