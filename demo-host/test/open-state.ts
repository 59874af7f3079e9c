import type { BrowserContext, Page } from 'playwright-core';

export interface View {
  state: string;
  theme?: 'light' | 'dark';
  /** Of the element, in pixels. */
  width?: number;
  locale?: string;
  /** Whose reset the page has. */
  in?: string;
}

const margins = 32;

/** Opens one state of the gallery, and returns once the element is there. */
export const openState = async (
  context: BrowserContext,
  url: string,
  { state, theme = 'light', width = 375, ...rest }: View,
): Promise<Page> => {
  const page = await context.newPage();
  await page.setViewportSize({ width: width + margins, height: 900 });
  const query = new URLSearchParams({ theme, width: String(width), ...rest });
  await page.goto(`${url}/gallery/${state}?${query}`);
  await page.locator('html[data-arrived]').waitFor({ timeout: 300_000 });
  return page;
};
