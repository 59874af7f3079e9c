import { decode } from 'fast-png';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { beginWalk } from './begin.ts';
import { consentAndSign, drawWithMouse, words } from './signatory.ts';
import { visit, waitFor } from './visit.ts';

const spanish = words['es-MX'];
const { browser, demo } = await beginWalk();

interface Ink {
  pixels: [x: number, y: number][];
}

/** Where in its page something lies, in parts of the page's size. */
interface Part {
  page: string;
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Where the ink goes, as the preview has it. */
const placeOfInk = (page: Page): Promise<Part> =>
  page.locator('tu-esign .sketch').evaluate((sketch: HTMLElement) => {
    const { left, top, width, height } = sketch.style;
    const [x, y, w, h] = [left, top, width, height].map((part) => Number.parseFloat(part) / 100) as [
      number,
      number,
      number,
      number,
    ];
    return { page: sketch.closest<HTMLElement>('.page')!.dataset['page']!, left: x, top: y, width: w, height: h };
  });

/** The dark blue of a pen, as the screen shows it in that part of the page. */
const inkIn = async (page: Page, part: Part): Promise<Ink> => {
  const shown = page.locator(`tu-esign .page[data-page="${part.page}"]`);
  const box = (await shown.boundingBox())!;
  const clip = {
    x: box.x + part.left * box.width,
    y: box.y + part.top * box.height,
    width: part.width * box.width,
    height: part.height * box.height,
  };
  const { width, channels, data } = decode(await page.screenshot({ clip, animations: 'disabled' }));
  const pixels: [number, number][] = [];
  for (let at = 0; at < data.length; at += channels) {
    const [red, , blue] = [data[at]!, data[at + 1]!, data[at + 2]!];
    const index = at / channels;
    if (red < 120 && blue - red > 25) pixels.push([index % width, Math.floor(index / width)]);
  }
  return { pixels };
};

/** The share of one's pixels that have one of the other's within two pixels: what smoothing and rounding move. */
const shared = ({ pixels }: Ink, other: Ink): number => {
  const near = new Set<string>();
  for (const [x, y] of other.pixels)
    for (const dx of [-2, -1, 0, 1, 2]) for (const dy of [-2, -1, 0, 1, 2]) near.add(`${x + dx} ${y + dy}`);
  return pixels.filter(([x, y]) => near.has(`${x} ${y}`)).length / pixels.length;
};

/** An autograph on paper, as a phone sees it. */
const photograph = async (page: Page): Promise<Buffer> => {
  const data = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(900, 420);
    const context = canvas.getContext('2d')!;
    context.fillStyle = '#efece4';
    context.fillRect(0, 0, 900, 420);
    Object.assign(context, { strokeStyle: '#12275c', lineWidth: 12, lineCap: 'round', lineJoin: 'round' });
    context.beginPath();
    for (const [x, y] of [
      [120, 300],
      [240, 90],
      [330, 320],
      [450, 110],
      [560, 300],
      [780, 150],
    ] as const)
      context.lineTo(x, y);
    context.stroke();
    return [...new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer())];
  });
  return Buffer.from(data);
};

const ways: Record<string, (page: Page) => Promise<void>> = {
  drawn: (page) => drawWithMouse(page, spanish),
  typed: async (page) => {
    await page.getByRole('radio', { name: 'Escribir' }).check();
    await page.locator('tu-esign .hand svg path').first().waitFor();
  },
  uploaded: async (page) => {
    await page.getByRole('radio', { name: 'Subir imagen' }).check();
    const picture = { name: 'firma.png', mimeType: 'image/png', buffer: await photograph(page) };
    await page.locator('tu-esign .picker input').setInputFiles(picture);
    await page.locator('tu-esign canvas.uploaded').waitFor();
  },
};

for (const [way, make] of Object.entries(ways)) {
  test(`what is ${way} is shown in the document as the signed document shows it`, async () => {
    const visited = await visit(browser, demo.url, {
      viewport: { width: 1280, height: 1000 },
      reducedMotion: 'reduce',
    });
    const { page } = visited;
    await waitFor(visited, 'tu-esign-ready');
    await page.locator('tu-esign .checking').waitFor({ state: 'hidden' });
    await make(page);
    await page.locator('tu-esign .sketch').waitFor();
    await page.locator('tu-esign .sketch').scrollIntoViewIfNeeded();
    const part = await placeOfInk(page);
    // The page itself is painted once it has come to rest.
    await page.locator(`tu-esign .page[data-page="${part.page}"] > canvas:not(.sketch)`).waitFor();
    const preview = await inkIn(page, part);
    expect(preview.pixels.length).toBeGreaterThan(150);

    await consentAndSign(page, spanish);
    await page.locator('tu-esign .badge').waitFor();
    const signed = page.locator(`tu-esign .page[data-page="${part.page}"] > canvas`);
    await signed.waitFor();
    await signed.scrollIntoViewIfNeeded();
    const compare = async () => {
      const shown = await inkIn(page, part);
      return shown.pixels.length === 0 ? 0 : Math.min(shared(preview, shown), shared(shown, preview));
    };
    await expect.poll(compare, { timeout: 30_000 }).toBeGreaterThan(0.97);
    expect(visited.complaints).toEqual([]);
    await page.context().close();
  });
}
