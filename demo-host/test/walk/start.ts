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

export const openBrowser = (): Promise<Browser> => chromium.launch(browserOptions);

/** The browser with a viewer of PDFs, and with what one saves and prints. */
export const openWholeBrowser = (): Promise<Browser> =>
  chromium.launch({ ...browserOptions, executablePath: wholeChromium });
