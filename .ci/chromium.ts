import { existsSync } from 'node:fs';

const shell = '/usr/bin/chromium-headless-shell';

/** The browser with its own window: what it shows of a PDF, the shell does not. */
export const wholeChromium = process.env['CHROME_PATH'] ?? '/usr/bin/chromium';

/** The same engine without a window around it: every page of the whole browser costs two seconds of a core more. */
export const chromiumPath = process.env['CHROME_PATH'] ?? (existsSync(shell) ? shell : wholeChromium);

export const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
