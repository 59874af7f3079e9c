import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Evaluated, not added as a script: the pages' policy lets in no script but the element's. */
export const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong with the element by WCAG 2.2 AA and its own best practices. */
/** What axe finds wrong; by some of its rules, or by all of them. */
export const violationsOf = (page: Page, rules?: string[]): Promise<string[]> =>
  page.evaluate(async (only) => {
    const { axe: judge } = window as unknown as { axe: typeof axe };
    const { violations } = await judge.run('tu-esign', {
      resultTypes: ['violations'],
      rules: { region: { enabled: false } },
      ...(only && { runOnly: only }),
    });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
  }, rules);

export const setTheme = (page: Page, theme: 'light' | 'dark'): Promise<void> =>
  page.evaluate((wanted) => {
    document.documentElement.dataset['theme'] = wanted;
    document.querySelector('tu-esign')!.setAttribute('theme', wanted);
  }, theme);

/** Gives the element a width, with a margin beside it. */
export const setWidth = async (page: Page, width: number): Promise<void> => {
  await page.setViewportSize({ width: width + 32, height: 900 });
  await page.evaluate((pixels) => {
    document.querySelector('tu-esign')!.style.inlineSize = `${pixels}px`;
    return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  }, width);
};

/** Text spacing that a reader may ask for (WCAG 2.2, 1.4.12), inside of the element too. */
export const spaceText = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`:not(.textLayer, .textLayer *) { letter-spacing: 0.12em !important; word-spacing: 0.16em !important;
      line-height: 1.5 !important; } p { margin-block-end: 2em !important; }`);
    document.querySelector('tu-esign')!.shadowRoot!.adoptedStyleSheets.push(sheet);
  });

/** What can be pressed and is smaller than 24 by 24 px (WCAG 2.2, 2.5.8). */
export const smallTargets = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const root = document.querySelector('tu-esign')!.shadowRoot!;
    const targets = root.querySelectorAll<HTMLElement>('a, button, input, select, textarea, summary, canvas[tabindex]');
    return (
      Array.from(targets, (target) => ({ target, box: target.getBoundingClientRect() }))
        // A place is as large as it is on paper; one goes to it with the bar's button, too.
        .filter(({ target }) => target.checkVisibility() && !target.matches('.place'))
        .filter(({ box }) => box.width < 24 || box.height < 24)
        .map(({ target, box }) => `${target.outerHTML.slice(0, 80)}: ${box.width} by ${box.height}`)
    );
  });

/** What sticks out of the element, or is cut by what it is in; the document's own boxes may be scrolled. */
export const cutParts = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const host = document.querySelector('tu-esign')!;
    const edge = host.getBoundingClientRect();
    // What can be scrolled to is not cut.
    const isScrolled = ({ parentElement: around }: Element): boolean =>
      around !== null && (/auto|scroll/.test(getComputedStyle(around).overflowY) || isScrolled(around));
    return [...host.shadowRoot!.querySelectorAll<HTMLElement>('*')]
      .filter((part) => part.checkVisibility() && !part.closest('.scroller, .thumbnails, dialog, svg, canvas'))
      .filter((part) => {
        const box = part.getBoundingClientRect();
        const isBelow = box.bottom > edge.bottom + 1 && !isScrolled(part);
        const sticksOut = box.left < edge.left - 1 || box.right > edge.right + 1 || isBelow;
        const overflows = part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 0;
        // What is there for screen readers alone is clipped on purpose.
        return box.width > 0 && (sticksOut || overflows) && getComputedStyle(part).clipPath === 'none';
      })
      .map((part) => part.outerHTML.slice(0, 100));
  });

/** Whether the page has to be scrolled sideways. */
export const scrollsSideways = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
