import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { beginWalk } from '../walk/begin.ts';
import { openState } from '../open-state.ts';
import { cutParts, scrollsSideways } from './look.ts';

const { browser, demo } = await beginWalk();
const context = await browser.newContext({ reducedMotion: 'reduce' });

/** Where everything in the panel is, and how its text is set. */
const layoutOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const host = document.querySelector('tu-esign')!;
    const edge = host.getBoundingClientRect();
    const parts = [...host.shadowRoot!.querySelectorAll('.header *, .panel :not(path)')];
    return parts
      .filter((part) => part.checkVisibility())
      .map((part) => {
        const { left, top, width, height } = part.getBoundingClientRect();
        const style = getComputedStyle(part);
        const { color, font, letterSpacing, wordSpacing, textTransform, textAlign, textIndent, textShadow, cursor } =
          style;
        const place = [left - edge.left, top - edge.top, width, height].map(Math.round);
        return [part.localName, part.className, ...place, color, font, letterSpacing, wordSpacing]
          .concat(textTransform, textAlign, textIndent, textShadow, style.whiteSpace, style.userSelect, cursor)
          .join(' ');
      });
  });

for (const state of ['ready', 'done-failed']) {
  test(`looks the same in a plain page, in Bootstrap’s, in Tailwind’s and in an odd one: ${state}`, async () => {
    const plain = await openState(context, demo.url, { state });
    const wanted = await layoutOf(plain);
    expect(wanted.length).toBeGreaterThan(15);
    await plain.close();
    for (const reset of ['bootstrap', 'tailwind', 'odd']) {
      const page = await openState(context, demo.url, { state, in: reset });
      expect(await layoutOf(page), reset).toEqual(wanted);
      await page.close();
    }
  });
}

test('written from right to left, nothing is cut', async () => {
  const page = await openState(context, demo.url, { state: 'ready' });
  await page.evaluate(() => (document.documentElement.dir = 'rtl'));
  expect(await cutParts(page)).toEqual([]);
  expect(await scrollsSideways(page)).toBe(false);
  await page.close();
});

test('pain 8: on a phone, upright and on its side, the document is zoomed until it can be read, and can be signed', async () => {
  const phone = await browser.newContext({ isMobile: true, hasTouch: true, deviceScaleFactor: 3 });
  for (const viewport of [
    { width: 375, height: 667 },
    { width: 667, height: 375 },
  ]) {
    const page = await openState(phone, demo.url, { state: 'reading', width: viewport.width - 32 });
    await page.setViewportSize(viewport);
    const width = () =>
      page
        .locator('tu-esign .page')
        .first()
        .evaluate((first) => first.clientWidth);
    const fitted = await width();
    const closer = page.getByRole('button', { name: 'Acercar' });
    for (let presses = 0; presses < 4; presses++) await closer.tap();
    await expect.poll(width).toBeGreaterThan(fitted * 1.8);
    const next = page.locator('tu-esign .bar .next');
    if (await next.isVisible()) await next.tap();
    await page.locator('tu-esign [part=sign-button]').scrollIntoViewIfNeeded();
    expect(await page.locator('tu-esign [part=sign-button]').boundingBox()).toMatchObject({
      height: expect.closeTo(52, 0),
    });
    await page.close();
  }
  await phone.close();
});

test('pain 15: ink has as many dots as the screen', async () => {
  const sharp = await browser.newContext({ deviceScaleFactor: 3 });
  const page = await openState(sharp, demo.url, { state: 'inked' });
  const dots = await page.locator('tu-esign [part=pad] canvas').evaluate((canvas: HTMLCanvasElement) => {
    const box = canvas.getBoundingClientRect();
    return [canvas.width / box.width, canvas.height / box.height];
  });
  for (const density of dots) expect(density).toBeCloseTo(3, 1);
  await sharp.close();
});

/** The contrast (WCAG 2.2) of one part's text with what is below it. */
const contrastOf = (page: Page, selector: string, ground: string): Promise<number> =>
  page.evaluate(
    ([part, below]) => {
      const root = document.querySelector('tu-esign')!.shadowRoot!;
      const styleOf = (one: string) => getComputedStyle(root.querySelector(one)!);
      const luminances = [styleOf(part!).color, styleOf(below!).backgroundColor].map((color) => {
        const dot = new OffscreenCanvas(1, 1).getContext('2d')!;
        dot.fillStyle = color;
        dot.fillRect(0, 0, 1, 1);
        const [red, green, blue] = Array.from(dot.getImageData(0, 0, 1, 1).data, (byte) =>
          byte / 255 <= 0.04045 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4,
        ) as [number, number, number];
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      });
      const [light, dark] = luminances.toSorted((a, b) => b - a) as [number, number];
      return (light + 0.05) / (dark + 0.05);
    },
    [selector, ground],
  );

test('whatever accent a host sets, what is written upon it and with it can be read', async () => {
  for (const theme of ['light', 'dark'] as const) {
    const page = await openState(context, demo.url, { state: 'ready', theme });
    for (const accent of ['#ffd400', '#fff', '#000', '#777', '#e2001a', '#00e5a0', '#6a00ff', '#1f5d4c']) {
      await page
        .locator('tu-esign')
        .evaluate((element, color) => element.style.setProperty('--tu-esign-accent', color), accent);
      const sign = '[part=sign-button]';
      expect(await contrastOf(page, sign, sign), `${accent}, ${theme}, upon`).toBeGreaterThanOrEqual(4.5);
      expect(await contrastOf(page, '.panel .labelled', '.frame'), `${accent}, ${theme}, with`).toBeGreaterThanOrEqual(
        4.5,
      );
    }
    await page.close();
  }
});
