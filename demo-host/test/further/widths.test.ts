import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openState } from '../open-state.ts';
import { cutParts, scrollsSideways } from '../states/look.ts';
import { beginWalk } from '../walk/begin.ts';
import { consentAndSign, drawWithFinger, drawWithMouse, words } from '../walk/signatory.ts';
import { visit, waitFor } from '../walk/visit.ts';

const spanish = words['es-MX'];
const { browser, demo } = await beginWalk();

const screens = [
  { width: 320, height: 640, hasTouch: true },
  { width: 375, height: 667, hasTouch: true },
  { width: 768, height: 1024, hasTouch: true },
  { width: 1280, height: 720, hasTouch: false },
  { width: 1920, height: 1080, hasTouch: false },
];

/** Counts how often a finger or a mouse comes down. */
const countActs = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const acts = Object.assign(window, { acts: 0 });
    window.addEventListener('pointerdown', () => acts.acts++, true);
  });

const actsOf = (page: Page): Promise<number> => page.evaluate(() => (window as unknown as { acts: number }).acts);

for (const { width, height, hasTouch } of screens) {
  test(`a signatory signs with ${hasTouch ? 'a finger' : 'a mouse'} at ${width} by ${height} px`, async () => {
    const options = { viewport: { width, height }, hasTouch, isMobile: hasTouch };
    const visited = await visit(browser, demo.url, options);
    const { page, complaints } = visited;
    await countActs(page);
    await waitFor(visited, 'tu-esign-ready');
    if (hasTouch) {
      // What is not a phone has no sheet: a tap goes to the pad.
      const pad = page.locator('tu-esign .pad canvas');
      if (await pad.isVisible()) await pad.tap();
      await drawWithFinger(page, spanish);
    } else await drawWithMouse(page, spanish);
    await consentAndSign(page, spanish);
    await waitFor(visited, 'tu-esign-signed');
    await page.getByRole('heading', { name: spanish.done }).waitFor();
    // With a finger one opens the sheet, or enters the pad; drawn, ticked and pressed are the others.
    expect(await actsOf(page)).toBe(hasTouch ? 4 : 3);
    expect(await scrollsSideways(page)).toBe(false);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
}

for (const width of [320, 375]) {
  for (const state of ['reading', 'ready', 'consents', 'initials', 'done']) {
    test(`with text twice as large, nothing is cut at ${width} px: ${state}`, async () => {
      const context = await browser.newContext({ reducedMotion: 'reduce' });
      const page = await openState(context, demo.url, { state, width });
      await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
      await page.waitForTimeout(300);
      expect(await cutParts(page)).toEqual([]);
      expect(await scrollsSideways(page)).toBe(false);
      await context.close();
    });
  }
}

// The sample is on Letter; contracts on A4 are in states/own-contract.test.ts.
test('on a phone, body text of a contract is at least 6.5 px high before anybody zooms', async () => {
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  const page = await openState(context, demo.url, { state: 'reading', width: 375 });
  const words = page.locator('tu-esign .textLayer span', { hasText: 'persona cuyo nombre' }).first();
  const size = await words.evaluate((text) => Number.parseFloat(getComputedStyle(text).fontSize));
  expect(size).toBeGreaterThanOrEqual(6.5);
  await context.close();
});

test('on a phone a consent that one is led to is whole in view, and not behind the button that stays', async () => {
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  const page = await openState(context, demo.url, { state: 'consents', width: 375 });
  const led = (await page.locator('tu-esign .agreed:focus-within').boundingBox())!;
  const stays = (await page.locator('tu-esign .buttons').boundingBox())!;
  expect(led.y + led.height).toBeLessThanOrEqual(stays.y);
  await context.close();
});

/** The sample is on Letter: its size on paper, in CSS pixels. */
const paper = 8.5 * 96;

test('on a desktop of 1280 px the document takes no less than 85 % of its size, and the panel 340 to 372 px', async () => {
  const visited = await visit(browser, demo.url, { viewport: { width: 1280, height: 720 } });
  const { page } = visited;
  await waitFor(visited, 'tu-esign-ready');
  const shown = (await page.locator('tu-esign .page').first().boundingBox())!;
  const panel = (await page.locator('tu-esign .panel').boundingBox())!;
  expect(shown.width / paper).toBeGreaterThanOrEqual(0.85);
  expect(panel.width).toBeGreaterThanOrEqual(340);
  expect(panel.width).toBeLessThanOrEqual(372);
  await page.context().close();
});
