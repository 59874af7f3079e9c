import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { states } from '../../gallery/states.ts';
import type { Demo } from '../../src/demo.ts';
import { openState } from './gallery.ts';
import {
  axeSource,
  cutParts,
  scrollsSideways,
  setTheme,
  setWidth,
  smallTargets,
  spaceText,
  violationsOf,
} from './look.ts';
import { newHome, openBrowser, start } from './start.ts';

let browser: Browser;
let demo: Demo;
let context: BrowserContext;

beforeAll(async () => {
  [browser, demo] = await Promise.all([openBrowser(), newHome().then(start)]);
  context = await browser.newContext({ reducedMotion: 'reduce' });
});
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

// 1280 px at 400 % are 320 px (WCAG 2.2, 1.4.10).
const widths = [280, 320, 1280];

for (const { name, title } of states) {
  test(`${name}: ${title}. Nothing is wrong by axe, too small, or cut at any width (pains 5 and 9)`, async () => {
    const page = await openState(context, demo.url, { state: name });
    await page.evaluate(axeSource);
    expect(await violationsOf(page), 'light').toEqual([]);
    await setTheme(page, 'dark');
    // Of a theme there is nothing but colours.
    expect(await violationsOf(page, ['color-contrast']), 'dark').toEqual([]);
    for (const width of widths) {
      await setWidth(page, width);
      expect(await smallTargets(page), `${width} px`).toEqual([]);
      expect(await cutParts(page), `${width} px`).toEqual([]);
      expect(await scrollsSideways(page), `${width} px`).toBe(false);
    }
    await setWidth(page, 320);
    await spaceText(page);
    expect(await cutParts(page), 'spaced').toEqual([]);
    await page.close();
  });
}
