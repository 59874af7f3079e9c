import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { openChromium } from '../test/chromium.ts';
import { bundle } from './bundle.ts';
import type { Pad } from './ink-page.ts';
import { readTrace } from './trace.ts';

/** A stroke of 1000 samples, 500 a second, through Chromium's own input pipeline, which gathers them into frames. */
const samples = 1000;
const every = 2;

type Browser = Awaited<ReturnType<typeof openChromium>>;
type Page = Awaited<ReturnType<Browser['newPage']>>;
type BenchPage = { openPad(name: Pad): () => number; kept(): number };

/** A loop that crosses itself, as hands draw them: about 6 pixels between two samples. */
const pointAt = (step: number) => ({
  x: 300 + 270 * Math.sin((step / samples) * 6 * Math.PI),
  y: 100 + 80 * Math.sin((step / samples) * 14 * Math.PI),
});

// From a server: only secure contexts, as localhost is one, hand out all that was gathered into a frame.
const script = await bundle("import { openPad } from './ink-page.ts'; Object.assign(globalThis, { openPad });");
const html = `<!doctype html><meta charset="utf-8"><body style="margin: 0"><script type="module">${script}</script>`;
const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end(html));
await once(server.listen(0, '127.0.0.1'), 'listening');
const browser = await openChromium();

async function measure(pad: Pad) {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await page.evaluate((name) => {
    const scope = globalThis as unknown as BenchPage;
    scope.kept = scope.openPad(name);
  }, pad);
  await page.tracing.start({ categories: ['devtools.timeline'] });
  await drawStroke(page);
  const { moves, micros } = readTrace((await page.tracing.stop())!);
  const kept = await page.evaluate(() => (globalThis as unknown as BenchPage).kept());
  await page.close();
  return { pad, 'points kept': kept, events: moves, 'ms an event': (micros / moves / 1000).toFixed(3) };
}

async function drawStroke(page: Page): Promise<void> {
  const session = await page.createCDPSession();
  const send = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', step: number) =>
    session.send('Input.dispatchMouseEvent', { type, ...pointAt(step), button: 'left', buttons: 1, clickCount: 1 });
  await send('mousePressed', 0);
  const start = performance.now();
  const sent: Promise<unknown>[] = [];
  // Not one after the other's answer: a pen does not wait either.
  for (let step = 1; step <= samples; step += 1) {
    const due = start + step * every - performance.now();
    if (due > 1) await pause(due);
    sent.push(send('mouseMoved', step));
  }
  await Promise.all(sent);
  await send('mouseReleased', samples);
}

try {
  const rows = [await measure('tu-esign'), await measure('signature_pad')];
  console.log(
    `ink: press, ${samples} samples at ${1000 / every} a second, lift; aims: all of them, 0.25 ms of the main thread an event`,
  );
  console.table(rows);
} finally {
  await browser.close();
  server.close();
}
