import { puppeteerCore } from '@web/test-runner-chrome';

const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];

/** How Chromium is started for the element, by tests and bench. */
export const chromiumOptions = {
  executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
  headless: true,
  args,
};

export const openChromium = () => puppeteerCore.launch(chromiumOptions);
