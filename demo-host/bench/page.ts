import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDemo } from '../demo/demo.ts';
import { openBrowser } from '../test/walk/start.ts';

/** How long until the signatory sees page 1 of the sample agreement, from the start of the navigation. */

const rounds = 7;

const folder = await mkdtemp(join(tmpdir(), 'tu-esign-bench-'));
const demo = await startDemo({ folder, port: 3000, servicePort: 8080 });
const browser = await openBrowser();

/** One visit by a browser that has nothing cached. Milliseconds. */
const measure = async (): Promise<number> => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(() => {
    document.addEventListener('tu-esign-ready', () => performance.mark('ready'));
  });
  await page.goto(demo.url);
  const mark = await page.waitForFunction(() => performance.getEntriesByName('ready')[0]?.startTime);
  const ready = (await mark.jsonValue())!;
  await context.close();
  return ready;
};

try {
  // Once before it counts: the service's own first steps are not the page's.
  await measure();
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) times.push(await measure());
  times.sort((a, b) => a - b);
  const [fastest, median, slowest] = [times[0]!, times[(rounds - 1) / 2]!, times.at(-1)!].map(Math.round);
  console.log(`page 1 visible, cold cache, median of ${rounds}: ${median} ms (${fastest} to ${slowest})`);
} finally {
  await browser.close();
  await demo.stop();
  await rm(folder, { recursive: true });
}
