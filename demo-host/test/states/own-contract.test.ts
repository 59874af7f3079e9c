import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { beginWalk } from '../walk/begin.ts';
import { tapTwice } from '../walk/finger.ts';
import { openOwnContract } from './own-contract.ts';

const { browser, demo } = await beginWalk();

interface Line {
  text: string;
  left: number;
  right: number;
  y: number;
  /** Of its letters, in CSS pixels. */
  size: number;
}

/** The lines of page 1, where they are on the screen. */
const linesOf = (page: Page): Promise<Line[]> =>
  page.locator('tu-esign .page[data-page="1"] .textLayer > span').evaluateAll((spans) =>
    spans.map((span) => {
      const { left, right, top, height } = span.getBoundingClientRect();
      const size = Number.parseFloat(getComputedStyle(span).fontSize);
      return { text: span.textContent, left, right, y: top + height / 2, size };
    }),
  );

/** What can be seen of the pages: the bar at the foot of a phone lies over their end. */
const paneOf = async (page: Page): Promise<{ left: number; right: number; top: number; bottom: number }> => {
  const box = async (part: string) => (await page.locator(`tu-esign ${part}`).boundingBox())!;
  const [{ x, y, width }, bar] = [await box('.scroller'), await box('.bar')];
  return { left: x, right: x + width, top: y, bottom: bar.y };
};

const body = /Las partes convienen|condiciones de|buena fe|entrega al Arrendatario|obliga a/;
const edges = (lines: Line[]) => ({
  left: Math.min(...lines.map(({ left }) => left)),
  right: Math.max(...lines.map(({ right }) => right)),
});

test('two taps on either of two columns show that column as wide as a phone, below a title too, and two more go back', async () => {
  const page = await openOwnContract(browser, demo.url, { size: 9.5, margin: '2cm', columns: 2 });
  const pane = await paneOf(page);
  const middle = (pane.left + pane.right) / 2;
  const before = await linesOf(page);
  const isSeen = ({ y }: Line) => y > pane.top + 10 && y < pane.bottom - 10;
  const clauses = before.filter(({ text }) => body.test(text));
  const columns = [clauses.filter(({ right }) => right < middle), clauses.filter(({ left }) => left > middle)];
  for (const column of columns) {
    const texts = column.filter(isSeen);
    // Just below the title, and far from it.
    for (const line of [texts[0]!, texts.at(-1)!]) {
      const finger = { x: (line.left + line.right) / 2, y: line.y };
      await tapTwice(page, finger);
      const now = async () => {
        const lines = await linesOf(page);
        return { column: edges(column.map((each) => lines[before.indexOf(each)]!)), y: lines[before.indexOf(line)]!.y };
      };
      const wide = async () => {
        const { left, right } = (await now()).column;
        return (right - left) / (pane.right - pane.left);
      };
      await expect.poll(wide, { message: line.text }).toBeGreaterThan(0.9);
      const after = await now();
      expect(after.column.left).toBeGreaterThanOrEqual(pane.left);
      expect(after.column.right).toBeLessThanOrEqual(pane.right + 1);
      expect(Math.abs(after.y - finger.y)).toBeLessThan(15);
      await tapTwice(page, { x: middle, y: (pane.top + pane.bottom) / 2 });
      await expect.poll(wide, { message: 'back' }).toBeLessThan(0.6);
      expect(edges(await linesOf(page)).left).toBeCloseTo(edges(before).left, 0);
      expect(edges(await linesOf(page)).right).toBeCloseTo(edges(before).right, 0);
      await page.locator('tu-esign .scroller').evaluate((scroller) => (scroller.scrollTop = 0));
    }
  }
  await page.context().close();
});

for (const size of [11, 10.5])
  test(`on a phone, body text of ${size} pt on A4 is at least 6.5 px high before anybody zooms, as margins are left out`, async () => {
    const page = await openOwnContract(browser, demo.url, { size, margin: '2.5cm' });
    const pane = await paneOf(page);
    // Laid out anew once it is known what of a page is blank.
    const inset = async () => edges(await linesOf(page)).left - pane.left;
    await expect.poll(inset).toBeLessThan(12);
    const lines = (await linesOf(page)).filter(({ text }) => body.test(text));
    expect(lines.length).toBeGreaterThan(20);
    expect(Math.min(...lines.map((line) => line.size))).toBeGreaterThanOrEqual(6.5);
    expect(edges(lines).right).toBeLessThanOrEqual(pane.right);
    await page.context().close();
  });
