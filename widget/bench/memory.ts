import { setTimeout as pause } from 'node:timers/promises';
import { readFileSync } from 'node:fs';
import { startCdn } from '../test/cdn-server.ts';
import { openChromium } from '../test/chromium.ts';
import { createPdf } from '../test/pdf.ts';
import { filesBeside, pageThrough, type Paged } from './memory-pages.ts';

/**
 * What 200 pages cost that are scrolled from first to last at two pixels a CSS pixel, and what is left of them: by
 * the element, by pdf.js's own viewer, and by Chromium alone, where they are nothing but text in a page.
 */
const pages = 200;
const lines = 45;

const pdf = createPdf({ pages, lines });
const server = await startCdn({ '/agreement.pdf': pdf, ...filesBeside(pages, lines) });
const digest = server.add(pdf, pages);
const browser = await openChromium();
const devtools = await browser.target().createCDPSession();

interface Size {
  all: number;
  /** Chromium's own program and libraries: the share of this process, the less the more of them run. */
  program: number;
}

/** Memory of the page's own process: what it shares with others is counted by its share. Megabytes. */
async function memory(): Promise<Size> {
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
  const sizes = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => sizeOf(id));
  return sizes.reduce((one, other) => (one.all > other.all ? one : other));
}

function sizeOf(id: number): Size {
  const text = readFileSync(`/proc/${id}/smaps_rollup`, 'utf8');
  const read = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)![1]) / 1024;
  return { all: read('Pss'), program: read('Pss_File') };
}

async function measure(path: string) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport({ width: 1280, height: 900, deviceScaleFactor: 2 });
  const session = await page.createCDPSession();
  const settled = async () => {
    await session.send('HeapProfiler.collectGarbage');
    await pause(2_000);
    return memory();
  };
  await page.goto(server.url + path);
  await page.waitForFunction(() => 'readyAt' in globalThis);
  if (path.startsWith('?')) await page.evaluate(pageThrough);
  const opened = await settled();
  let peak = opened;
  for (let number = 1; number <= pages; number += 1) {
    await page.evaluate((number) => (globalThis as unknown as Paged).show(number), number);
    // Not the page itself, which the answer would keep from being let go.
    await page.waitForFunction((number) => (globalThis as unknown as Paged).isShown(number), {}, number);
    const now = number % 5 === 0 ? await memory() : peak;
    if (now.all > peak.all) peak = now;
  }
  const read = await settled();
  await page.evaluate(() => (globalThis as unknown as Paged).remove());
  const removed = await settled();
  const workers = page.workers().length;
  await context.close();
  return { opened, peak, read, removed, workers };
}

const row = ({ opened, peak, read, removed, workers }: Awaited<ReturnType<typeof measure>>) => ({
  'page 1 visible': Math.round(opened.all),
  'highest, scrolling': Math.round(peak.all),
  'of it Chromium’s program': Math.round(peak.program),
  read: Math.round(read.all),
  removed: Math.round(removed.all),
  'workers left': workers,
});

try {
  const rows = {
    'tu-esign': row(await measure(`?digest=${digest}`)),
    'pdf.js’s viewer': row(await measure('viewer.html')),
    'the text alone': row(await measure('text.html')),
  };
  console.log(`memory of the page's process in MB, ${pages} pages of ${lines} lines at density 2; aim: 300 at most`);
  console.table(rows);
} finally {
  await browser.close();
  server.stop();
}
