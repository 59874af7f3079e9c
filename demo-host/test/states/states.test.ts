import { test } from 'vitest';
import { states } from '../../gallery/states.ts';
import { beginWalk } from '../walk/begin.ts';
import { openState } from '../open-state.ts';
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

const { browser, demo } = await beginWalk();
// 1280 px at 400 % are 320 px (WCAG 2.2, 1.4.10).
const widths = [280, 320, 1280];

for (const { name, title } of states) {
  // Each waits for pens and services more than it works.
  test.concurrent(`${name}: ${title}. Nothing is wrong by axe, too small, or cut at any width (pains 5 and 9)`, async ({
    expect,
    onTestFinished,
  }) => {
    // Of its own: a browser opens six connections for all pages of one context, and some states hold theirs.
    const context = await browser.newContext({ reducedMotion: 'reduce' });
    onTestFinished(() => context.close());
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
  });
}
