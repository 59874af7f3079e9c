import { puppeteerCore } from '@web/test-runner-chrome';
import { chromiumArguments, chromiumPath } from '../../.ci/chromium.ts';

/** How Chromium is started for the element, by tests and bench. */
export const chromiumOptions = { executablePath: chromiumPath, headless: true, args: chromiumArguments };

export const openChromium = () => puppeteerCore.launch(chromiumOptions);
