import type { Page } from 'playwright-core';

export interface Point {
  x: number;
  y: number;
}

/** Moves a finger through these points, as the browser gets it from a screen. */
export const moveFinger = async (page: Page, points: Point[]): Promise<void> => {
  const glass = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: Point[]) =>
    glass.send('Input.dispatchTouchEvent', { type, touchPoints });
  const [first, ...rest] = points;
  await touch('touchStart', [first!]);
  for (const point of rest) await touch('touchMove', [point]);
  await touch('touchEnd', []);
};

/** Taps twice at one spot; the screen tells when, so that a busy machine makes no two taps of them. */
export const tapTwice = async (page: Page, { x, y }: Point): Promise<void> => {
  const glass = await page.context().newCDPSession(page);
  const began = Date.now() / 1000;
  const touch = (type: 'touchStart' | 'touchEnd', after: number) =>
    glass.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: type === 'touchStart' ? [{ x, y }] : [],
      timestamp: began + after,
    });
  await touch('touchStart', 0);
  await touch('touchEnd', 0.05);
  await touch('touchStart', 0.15);
  await touch('touchEnd', 0.2);
};
