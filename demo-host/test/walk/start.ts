import { mkdtemp } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { startDemo, type Demo, type DemoOptions } from '../../src/demo.ts';

/** Where one demo lives, so that it can be stopped and started again. */
export type Home = DemoOptions;

export const newHome = async (): Promise<Home> => ({
  folder: await mkdtemp(join(tmpdir(), 'tu-esign-walk-')),
  port: await freePort(),
  servicePort: await freePort(),
});

/** Starts the page, its back end and the service, as `npm start` does. */
export const start = (home: Home): Promise<Demo> => startDemo(home);

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

export const browserOptions = {
  executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

export const openBrowser = (): Promise<Browser> => chromium.launch(browserOptions);
