import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import type { Demo } from '../../demo/demo.ts';
import { browserOptions, newHome, start } from './start.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    demo: SharedDemo;
    /** Where the browser is reached. */
    browser: string;
  }
}

/** What can be told of a demo to another process. */
export type SharedDemo = Pick<Demo, 'url'> & { service: Pick<Demo['service'], 'url' | 'log'> };

/** One demo and one browser for all walks that end neither: to start them was much of what a walk took. */
export const setup = async ({ provide }: TestProject): Promise<() => Promise<void>> => {
  const [browser, demo] = await Promise.all([chromium.launchServer(browserOptions), newHome().then(start)]);
  const { url, log } = demo.service;
  provide('demo', { url: demo.url, service: { url, log } });
  provide('browser', browser.wsEndpoint());
  return async () => {
    await browser.close();
    await demo.stop();
  };
};
