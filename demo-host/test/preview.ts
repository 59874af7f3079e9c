import { decode } from 'fast-png';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { consentAndSign, words } from './walk/signatory.ts';
import { waitFor, type VisitedPage } from './walk/visit.ts';

const spanish = words['es-MX'];

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

/** Where ink goes, as the preview has it: every place of the autograph and of the initials. */
const placesOfInk = (page: Page): Promise<Part[]> =>
  page.locator('tu-esign .sketch').evaluateAll((sketches: HTMLElement[]) =>
    sketches.map((sketch) => {
      const { left, top, width, height } = sketch.style;
      const [x, y, across, down] = [left, top, width, height].map((part) => Number.parseFloat(part) / 100);
      const { page: number } = sketch.closest<HTMLElement>('.page')!.dataset;
      return { page: number!, left: x!, top: y!, width: across!, height: down! };
    }),
  );

/** The page's own picture, without what is laid over it. */
const pictureOf = ({ page: number }: Part): string => `tu-esign .page[data-page="${number}"] > canvas:not(.sketch)`;

/** Brings that part of its page into the tallWindow, painted. */
const bringIntoView = async (page: Page, part: Part): Promise<void> => {
  const shown = page.locator(`tu-esign .page[data-page="${part.page}"]`);
  await shown.evaluate((of, { top, height }) => {
    const scroller = of.closest<HTMLElement>('[part=pages]')!;
    const middle = of.getBoundingClientRect().top + (top + height / 2) * of.clientHeight;
    scroller.scrollBy({ top: middle - scroller.getBoundingClientRect().top - scroller.clientHeight / 2 });
  }, part);
  await page.locator(pictureOf(part)).waitFor();
};

/** The dark blue of a pen, as the screen shows it in that part of the page. */
const inkIn = async (page: Page, part: Part): Promise<Ink> => {
  await bringIntoView(page, part);
  const box = (await page.locator(`tu-esign .page[data-page="${part.page}"]`).boundingBox())!;
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

const likeness = (preview: Ink, shown: Ink): number =>
  shown.pixels.length === 0 ? 0 : Math.min(shared(preview, shown), shared(shown, preview));

/** A window as high as a page, so that little of it has to be scrolled to. */
export const tallWindow = { viewport: { width: 1280, height: 1000 }, reducedMotion: 'reduce' } as const;

/** Waits until the document is at rest: shown, and gone through. */
export const waitForRest = async (visited: VisitedPage): Promise<void> => {
  await waitFor(visited, 'tu-esign-ready');
  await visited.page.locator('tu-esign .checking').waitFor({ state: 'hidden' });
};

/**
 * Signs what was made, and holds the signed document against what was shown before: each place's ink, pixel by pixel.
 * Gives the places.
 */
export const signAndCompare = async (visited: VisitedPage): Promise<Part[]> => {
  const { page, complaints } = visited;
  await page.locator('tu-esign .sketch').first().waitFor({ state: 'attached' });
  const parts = await placesOfInk(page);
  const previews: Ink[] = [];
  for (const part of parts) {
    const preview = await inkIn(page, part);
    expect(preview.pixels.length).toBeGreaterThan(40);
    previews.push(preview);
  }
  await consentAndSign(page, spanish);
  await page.locator('tu-esign .badge').waitFor();
  for (const [index, part] of parts.entries()) {
    const compare = async () => likeness(previews[index]!, await inkIn(page, part));
    await expect.poll(compare, { timeout: 60_000, message: `ink at ${JSON.stringify(part)}` }).toBeGreaterThan(0.97);
  }
  expect(complaints).toEqual([]);
  return parts;
};
