import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { chromiumArguments, chromiumPath, wholeChromium } from '../../../.ci/chromium.ts';
import { startDemo, type Demo, type DemoOptions } from '../../demo/demo.ts';
import { findFreePort } from '../../../service/test/free-port.ts';

/** Where one demo lives, so that it can be stopped and started again. */
export type Home = DemoOptions;

export const newHome = async (): Promise<Home> => ({
  folder: await mkdtemp(join(tmpdir(), 'tu-esign-walk-')),
  port: await findFreePort(),
  servicePort: await findFreePort(),
});

/** Starts the page, its back end and the service, as `npm start` does. */
export const start = (home: Home): Promise<Demo> => startDemo(home);

export const browserOptions = { executablePath: chromiumPath, args: chromiumArguments };

/** What a page does may take so long before a test gives it up: only what hangs does, on a machine that does much else, too. */
const patienceMs = 120_000;

/** Every page that the browser opens is waited for patiently. */
export const patient = (browser: Browser): Browser => {
  const open = browser.newContext.bind(browser);
  browser.newContext = async (options) => {
    const context = await open(options);
    context.setDefaultTimeout(patienceMs);
    return context;
  };
  return browser;
};

export const openBrowser = async (): Promise<Browser> => patient(await chromium.launch(browserOptions));

/** The browser with a viewer of PDFs, and with what one saves and prints. */
export const openWholeBrowser = async (): Promise<Browser> =>
  patient(await chromium.launch({ ...browserOptions, executablePath: wholeChromium }));
