import type { BrowserContextOptions, Page } from 'playwright-core';
import { test } from 'vitest';
import { beginWalk } from '../walk/begin.ts';
import { density, edgeContrasts } from './edge.ts';
import { openState } from '../open-state.ts';
import { setTheme } from './look.ts';

const { browser, demo } = await beginWalk();

const open = async (state: string, options: BrowserContextOptions = {}): Promise<Page> => {
  const context = await browser.newContext({ reducedMotion: 'reduce', deviceScaleFactor: density, ...options });
  const page = await openState(context, demo.url, { state });
  await page.setViewportSize({ width: 407, height: 1800 });
  await unfold(page);
  return page;
};

/** What is rarely needed is folded away: all of it is looked at, with room enough that nothing is scrolled. */
const unfold = (page: Page): Promise<void> =>
  page.locator('tu-esign').evaluate((element: HTMLElement) => {
    element.style.setProperty('--tu-esign-document-height', '100rem');
    for (const fold of element.shadowRoot!.querySelectorAll<HTMLDetailsElement>('.panel details')) fold.open = true;
  });

/** What a signatory can press or fill in, by the gallery's states (WCAG 2.2, 1.4.11). */
const edges: Record<string, string[]> = {
  // On a phone, what the document is read with is out of sight while the sheet is open.
  reading: ['.position input'],
  inked: ['.pad', '.methods :checked + span', '.consent input', '.remember input'],
  ready: ['.consent input', '[part=sign-button]'],
  typed: ['.typed input', '.hand :checked', '.hand :not(:checked)', '.hand :checked + .paper'],
  uploading: ['.picker'],
  searching: ['.search input'],
  declining: ['.quiet', '.danger', 'textarea'],
  done: ['[part=download-button]', '[part=print-button]'],
};

/** What can have the focus, and where its ring is. */
const rings: Record<string, [focused: string, ringed: string][]> = {
  reading: [
    ['.position input', '.position input'],
    ['[data-tool=search]', '[data-tool=search]'],
    ['.bar .next', '.bar .next'],
  ],
  ready: [
    ['.consent input', '.consent input'],
    ['.remember input', '.remember input'],
    ['.methods :checked', '.methods :checked + span'],
    ['.pad canvas', '.pad'],
    ['[part=sign-button]', '[part=sign-button]'],
    ['[part=decline-button]', '[part=decline-button]'],
  ],
  typed: [
    ['.typed input', '.typed input'],
    ['.hand :checked', '.hand :checked'],
  ],
  uploading: [['.picker input', '.picker']],
  done: [['a.file', 'a.file']],
};

/** Those of the parts that do not stand out. */
const faint = async (page: Page, parts: string[]): Promise<[part: string, contrast: number][]> =>
  (await edgeContrasts(page, parts)).filter(([, contrast]) => contrast < 3);

const themes = ['light', 'dark'] as const;

for (const [state, parts] of Object.entries(edges)) {
  test.concurrent(`edges have 3 to 1 with what is beside them, in both themes: ${state}`, async ({ expect }) => {
    const page = await open(state);
    for (const theme of themes) {
      await setTheme(page, theme);
      expect(await faint(page, parts), theme).toEqual([]);
    }
    await page.context().close();
  });
}

for (const [state, parts] of Object.entries(rings)) {
  test.concurrent(`the ring around what has the focus has 3 to 1, in both themes: ${state}`, async ({ expect }) => {
    const page = await open(state);
    for (const theme of themes) {
      await setTheme(page, theme);
      for (const [focused, ringed] of parts) {
        // From the keyboard on, what gets the focus shows it.
        await page.keyboard.press('Shift');
        await page.locator(`tu-esign ${focused}`).first().focus();
        expect(await faint(page, [ringed]), theme).toEqual([]);
      }
    }
    await page.context().close();
  });
}

const forced = {
  inked: ['.methods :checked + span', '.pad', '.consent input', '[part=sign-button]'],
  typed: ['.hand :checked', '.typed input'],
  signing: ['.now .mark'],
};

for (const [state, parts] of Object.entries(forced)) {
  test.concurrent(`in forced colours, too, edges and what is chosen stand out: ${state}`, async ({ expect }) => {
    const page = await open(state, { forcedColors: 'active' });
    for (const colorScheme of themes) {
      await page.emulateMedia({ colorScheme });
      expect(await faint(page, parts), colorScheme).toEqual([]);
    }
    await page.context().close();
  });
}
