import { readFileSync } from 'node:fs';
import { puppeteerCore } from '@web/test-runner-chrome';
import { startCdn } from '../test/cdn-server.ts';
import { openChromium } from '../test/chromium.ts';

/**
 * How long until the signatory sees page 1, from the start of the navigation, by a browser with nothing cached.
 * Fast 4G is Chromium's own (DevTools and puppeteer: 9 Mbit/s down less a tenth, 165 ms a request), with a
 * processor four times slower, as Lighthouse has a middling phone.
 */
const [path, pages] = process.argv.slice(2) as [string, string];
const rounds = 7;

const fast4g = { network: puppeteerCore.PredefinedNetworkConditions['Fast 4G'], slower: 4, aim: 1000 };
const conditions = {
  locally: { network: null, slower: 1, aim: 300, hints: '' },
  'Fast 4G, processor 4 times slower': { ...fast4g, hints: '' },
  // As docs/guides/first-page.md tells hosts who want it: links in the page's head to what the element fetches first.
  'the same, with hints in the host’s page': { ...fast4g, hints: '&hints' },
};
type Conditions = (typeof conditions)[keyof typeof conditions];

const server = await startCdn();
const digest = server.add(readFileSync(path), Number(pages));
const browser = await openChromium();

async function measure({ network, slower, hints }: Conditions): Promise<number> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport({ width: 1280, height: 900 });
  await page.emulateNetworkConditions(network);
  await page.emulateCPUThrottling(slower);
  await page.goto(`${server.url}?digest=${digest}${hints}`);
  await page.waitForFunction(() => 'readyAt' in globalThis);
  const ready = await page.evaluate(() => (globalThis as unknown as { readyAt: number }).readyAt);
  await context.close();
  return Math.round(ready);
}

async function measureOften(name: string, under: Conditions) {
  const times: number[] = [];
  // Once before it counts: the server's own first steps are not the page's.
  await measure(under);
  for (let round = 0; round < rounds; round += 1) times.push(await measure(under));
  times.sort((one, other) => one - other);
  return { name, ms: times[(rounds - 1) / 2], fastest: times[0], slowest: times.at(-1), aim: under.aim };
}

try {
  const rows = [];
  for (const [name, under] of Object.entries(conditions)) rows.push(await measureOften(name, under));
  console.log(`page 1 visible, nothing cached, median of ${rounds} visits`);
  console.table(rows);
} finally {
  await browser.close();
  server.stop();
}
