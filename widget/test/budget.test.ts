import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openChromium } from './chromium.ts';
import { cdn, startCdn, type CdnServer } from './cdn-server.ts';
import { createPdf } from './pdf.ts';

// The chunk that pdf.js is in, its worker and its data.
const ofPdfjs = /^(?:document-pane-|pdfjs-)/;

describe('what a browser fetches before page 1 is visible', () => {
  let server: CdnServer;
  let browser: Awaited<ReturnType<typeof openChromium>>;
  let files: string[];

  beforeAll(async () => {
    server = await startCdn();
    browser = await openChromium();
    const page = await browser.newPage();
    // On a busy machine page 1 takes longer than the element waits before it says so: that wait is not over here.
    await page.evaluateOnNewDocument(() => {
      const start = globalThis.setTimeout;
      const patient = (act: () => void, ms?: number) => start(act, ms === 2_000 ? 2 ** 30 : ms);
      globalThis.setTimeout = patient as typeof start;
    });
    await page.goto(`${server.url}?digest=${server.add(createPdf({ pages: 2 }), 2)}`);
    await page.waitForFunction(() => 'readyAt' in globalThis);
    await page.waitForFunction(() => document.querySelector('tu-esign')?.shadowRoot?.querySelector('.pad canvas'));
    // Asked for before, however late it came.
    const asked = await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .filter(({ startTime }) => startTime <= (globalThis as unknown as { readyAt: number }).readyAt)
        .map(({ name }) => new URL(name).pathname.slice(1)),
    );
    files = [...new Set(asked)].filter((file) => existsSync(join(cdn, file)));
  });

  afterAll(async () => {
    await browser?.close();
    server?.stop();
  });

  it('is the entry and pdf.js’s chunk', () => {
    expect(files).toContain('tu-esign.js');
    expect(files.some((file) => ofPdfjs.test(file))).toBe(true);
  });

  it('is at most 14 KB in brotli besides pdf.js', () => {
    const besides = files.filter((file) => !ofPdfjs.test(file));
    const sizes = besides.map((file) => ({ file, bytes: statSync(join(cdn, `${file}.br`)).size }));
    const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
    expect(total, JSON.stringify(sizes)).toBeLessThanOrEqual(14 * 1024);
  });
});
