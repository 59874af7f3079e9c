import { chromium, type Browser } from 'playwright-core';
import { afterAll, inject } from 'vitest';
import type { SharedDemo } from './shared.ts';
import { patient } from './start.ts';

/** What a walk needs. */
export interface Walk {
  browser: Browser;
  demo: SharedDemo;
}

/** Begins a file's walk, in the browser and with the demo of all files; what it opens is its own, and ends with it. */
export const beginWalk = async (): Promise<Walk> => {
  const browser = patient(await chromium.connect(inject('browser')));
  afterAll(() => browser.close());
  return { browser, demo: inject('demo') };
};
