import { setTimeout as pause } from 'node:timers/promises';
import { readFileSync } from 'node:fs';
import { startCdn } from '../test/cdn-server.ts';
import { openChromium } from '../test/chromium.ts';
import { createPdf } from '../test/pdf.ts';

/** What 200 pages cost that are scrolled from first to last at two pixels a CSS pixel, and what is left of them. */
const pages = 200;
const lines = 45;

const server = await startCdn();
const digest = server.add(createPdf({ pages, lines }), pages);
const browser = await openChromium();
const page = await browser.newPage();
await page.setViewport({ width: 1280, height: 900, deviceScaleFactor: 2 });

const devtools = await browser.target().createCDPSession();
const session = await page.createCDPSession();

/** Memory of the page's own process: what it shares with others is counted by its share. Megabytes. */
async function memory(): Promise<number> {
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
  const sizes = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => sizeOf(id));
  return Math.max(...sizes);
}

const sizeOf = (id: number) =>
  Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, 'utf8'))![1]) / 1024;

async function settled(): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  await pause(2_000);
  return memory();
}

async function scrollThrough(): Promise<number> {
  let peak = 0;
  for (let number = 1; number <= pages; number += 1) {
    await page.evaluate((number) => {
      const root = document.querySelector('tu-esign')!.shadowRoot!;
      const sheet = root.querySelector<HTMLElement>(`.page[data-page="${number}"]`)!;
      root.querySelector('.scroller')!.scrollTop = sheet.offsetTop;
    }, number);
    await page.waitForFunction(
      (number) => document.querySelector('tu-esign')!.shadowRoot!.querySelector(`.page[data-page="${number}"] canvas`),
      {},
      number,
    );
    if (number % 5 === 0) peak = Math.max(peak, await memory());
  }
  return peak;
}

try {
  const empty = await settled();
  await page.goto(`${server.url}?digest=${digest}`);
  await page.waitForFunction(() => 'readyAt' in globalThis);
  const opened = await settled();
  const peak = await scrollThrough();
  const read = await settled();
  await page.evaluate(() => document.querySelector('tu-esign')!.remove());
  const removed = await settled();
  const workers = page.workers().length;
  console.log(`memory of the page's process, ${pages} pages of ${lines} lines at density 2; aim: 300 MB at most`);
  console.table(
    Object.fromEntries(
      Object.entries({ 'empty page': empty, 'page 1 visible': opened, 'highest, scrolling': peak, read, removed }).map(
        ([when, size]) => [when, { MB: Math.round(size) }],
      ),
    ),
  );
  console.log(`workers left after removal: ${workers}`);
} finally {
  await browser.close();
  server.stop();
}
