import type { Page } from 'playwright-core';
import { curves } from '../gallery/hand.ts';

/** Draws the gallery's autograph upon the pad, with the mouse. */
export const draw = async (page: Page): Promise<void> => {
  const box = (await page.locator('tu-esign [part=pad] canvas').first().boundingBox())!;
  for (const curve of curves) {
    const points = curve.map(([x, y]) => [box.x + x * box.width, box.y + y * box.height] as const);
    await page.mouse.move(...points[0]!);
    await page.mouse.down();
    for (const point of points) await page.mouse.move(...point);
    await page.mouse.up();
  }
};
