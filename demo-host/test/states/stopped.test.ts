import { expect, test } from 'vitest';
import { openState } from '../open-state.ts';
import { beginWalk } from '../walk/begin.ts';

const { browser, demo } = await beginWalk();

const form = '.pad, .consent, [part=sign-button], .bar .next';
/** Where the document may be had whole after all, its places stay. */
const mayBeTriedAgain = 'problem-page-incomplete';

for (const state of [
  'withdrawn',
  'declined',
  mayBeTriedAgain,
  'problem-document-unreadable',
  'problem-document-altered',
  'problem-signing-failed',
]) {
  test(`where nothing can be signed any more there is nothing to sign with, and no empty panel: ${state}`, async () => {
    const context = await browser.newContext({ reducedMotion: 'reduce' });
    for (const width of [375, 1280]) {
      const page = await openState(context, demo.url, { state, width });
      const gone = state === mayBeTriedAgain ? form : `${form}, .place, .sketch`;
      const parts = page.locator('tu-esign').locator(gone).filter({ visible: true });
      expect(await parts.evaluateAll((all) => all.map(({ className }) => className))).toEqual([]);
      const panel = page.locator('tu-esign .panel').filter({ visible: true });
      for (const text of await panel.allInnerTexts()) expect(text.trim()).not.toBe('');
      await page.close();
    }
    await context.close();
  });
}
