import type { BrowserContext } from 'playwright-core';
import { expect, test } from 'vitest';
import { openState } from '../open-state.ts';
import { beginWalk } from '../walk/begin.ts';

const { browser, demo } = await beginWalk();

/** Notes every motion that begins within the element: what ends at once would be gone before one looks. */
const noteMotions = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript(() => {
    const motions: string[] = [];
    Object.assign(window, { motions });
    const { value: attach } = Object.getOwnPropertyDescriptor(Element.prototype, 'attachShadow')!;
    Element.prototype.attachShadow = function (init) {
      const root = Reflect.apply(attach as Element['attachShadow'], this, [init]);
      root.addEventListener('animationstart', (event) => {
        const { animationName, target } = event as AnimationEvent;
        motions.push(`${animationName} of ${(target as Element).className}`);
      });
      return root;
    };
  });

const motionsAtTheEnd = async (reducedMotion: 'reduce' | 'no-preference') => {
  const context = await browser.newContext({ reducedMotion });
  await noteMotions(context);
  const page = await openState(context, demo.url, { state: 'done', width: 1280 });
  const motions = () => page.evaluate(() => (window as unknown as { motions: string[] }).motions);
  return { context, page, motions, frame: page.locator('tu-esign .settled') };
};

test('at the end the signature settles into its place, and nothing of that motion stays', async () => {
  const { context, motions, frame } = await motionsAtTheEnd('no-preference');
  await expect.poll(motions).toContain('settle of settled');
  await frame.waitFor({ state: 'detached' });
  await context.close();
});

test('with reduced motion nothing settles: the signature is there', async () => {
  const { context, page, motions, frame } = await motionsAtTheEnd('reduce');
  await frame.waitFor({ state: 'attached' });
  await page.waitForTimeout(300);
  expect(await frame.isVisible()).toBe(false);
  expect(await motions()).not.toContain('settle of settled');
  await context.close();
});
