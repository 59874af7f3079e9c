import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { beginWalk } from './begin.ts';
import { consentAndSign, drawWithMouse, words } from './signatory.ts';
import { visit, waitFor } from './visit.ts';

const spanish = words['es-MX'];
const { browser, demo } = await beginWalk();

/** Adds up what moves by itself, from the first paint on. */
const watchShifts = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const shifts = { sum: 0 };
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as unknown as { value: number; hadRecentInput: boolean }[])
        if (!entry.hadRecentInput) shifts.sum += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
  });

const shiftsOf = (page: Page): Promise<number> =>
  page.evaluate(() => (window as unknown as { shifts: { sum: number } }).shifts.sum);

for (const [width, height] of [
  [375, 780],
  [1280, 720],
] as const) {
  test(`nothing moves while the pages arrive, at ${width} px`, async () => {
    const visited = await visit(browser, 'about:blank', { viewport: { width, height } });
    const { page } = visited;
    await watchShifts(page);
    await page.goto(demo.url);
    await waitFor(visited, 'tu-esign-ready');
    await page.locator('tu-esign .place').first().waitFor({ state: 'attached' });
    await page.locator('tu-esign .checking').waitFor({ state: 'hidden' });
    await page.waitForTimeout(300);
    expect(await shiftsOf(page)).toBeLessThan(0.05);
    await page.context().close();
  });
}

test('on a small laptop three acts sign: drawn, ticked, pressed, and nothing has to be scrolled to', async () => {
  const visited = await visit(browser, demo.url, { viewport: { width: 1280, height: 720 } });
  const { page } = visited;
  await waitFor(visited, 'tu-esign-ready');
  const parts = ['.pad', '.consent input', '[part=sign-button]'].map((part) => page.locator(`tu-esign ${part}`));
  for (const part of parts) {
    const box = (await part.boundingBox())!;
    expect(box.y + box.height).toBeLessThanOrEqual(720);
  }
  await drawWithMouse(page, spanish);
  // What is drawn is seen where it will be.
  const sketch = (await page.locator('tu-esign .sketch').boundingBox())!;
  expect(sketch.y + sketch.height).toBeLessThanOrEqual(720);
  await consentAndSign(page, spanish);
  await waitFor(visited, 'tu-esign-signed');
  await page.context().close();
});

/** Windows in which a browser shows pages on laptops, and the screen of a small phone. */
const lowWindows = [
  { width: 1280, height: 800 },
  { width: 1280, height: 720 },
  { width: 1366, height: 657 },
  { width: 375, height: 667, isMobile: true, hasTouch: true },
];

for (const { width, height, ...device } of lowWindows)
  test(`the pad is in view whole, and what undoes its ink, at ${width} by ${height} px`, async () => {
    const visited = await visit(browser, demo.url, { viewport: { width, height }, ...device });
    const { page } = visited;
    await waitFor(visited, 'tu-esign-ready');
    if (device.isMobile) await page.locator('tu-esign .bar .next').click();
    await page.locator('tu-esign .checking').waitFor({ state: 'hidden' });
    const bottomOf = (part: string): Promise<number> =>
      page
        .locator(`tu-esign ${part}`)
        .first()
        .evaluate((of) => of.getBoundingClientRect().bottom);
    const end = await bottomOf('.body');
    expect(end).toBeLessThanOrEqual(height);
    for (const part of ['.pad', '.tools.below']) expect(await bottomOf(part), part).toBeLessThanOrEqual(end);
    await page.context().close();
  });

test('on a small phone a tap on the place in the document opens the sheet below it, and the place stays whole', async () => {
  const phone = { viewport: { width: 375, height: 667 }, hasTouch: true, isMobile: true };
  const visited = await visit(browser, demo.url, phone);
  const { page } = visited;
  await waitFor(visited, 'tu-esign-ready');
  await page.locator('tu-esign .checking').waitFor({ state: 'hidden' });
  const place = page.locator('tu-esign .place').first();
  await page.locator('tu-esign .scroller').evaluate((scroller) => (scroller.scrollTop = scroller.scrollHeight));
  await place.click();
  const sheet = page.locator('tu-esign .dock[data-open]');
  await sheet.waitFor();
  const hidden = async () => {
    const [one, other] = [(await place.boundingBox())!, (await sheet.boundingBox())!];
    return one.y + one.height - other.y;
  };
  await expect.poll(hidden, { timeout: 10_000 }).toBeLessThanOrEqual(0);
  await page.context().close();
});

/** A finger that moves up from there, as the browser gets it from a screen. */
const swipeUp = async (page: Page, { x, y }: { x: number; y: number }): Promise<void> => {
  const glass = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: { x: number; y: number }[]) =>
    glass.send('Input.dispatchTouchEvent', { type, touchPoints });
  await touch('touchStart', [{ x, y }]);
  for (let step = 1; step <= 12; step++) await touch('touchMove', [{ x, y: y - step * 10 }]);
  await touch('touchEnd', []);
};

test('a finger that swipes from the middle of the pad scrolls, and nothing is drawn', async () => {
  const tablet = { viewport: { width: 1024, height: 700 }, hasTouch: true, isMobile: true };
  const visited = await visit(browser, demo.url, tablet);
  const { page } = visited;
  await waitFor(visited, 'tu-esign-ready');
  const pad = (await page.locator('tu-esign .pad canvas').boundingBox())!;
  const scrolled = () => page.locator('tu-esign .body').evaluate((body) => body.scrollTop + window.scrollY);
  const before = await scrolled();
  await swipeUp(page, { x: pad.x + pad.width / 2, y: pad.y + pad.height / 2 });
  await expect.poll(scrolled).toBeGreaterThan(before + 20);
  expect(await page.locator('tu-esign #missing').textContent()).toContain('dibujar su firma');
  expect(await page.locator('tu-esign .sketch').count()).toBe(0);
  await page.context().close();
});
