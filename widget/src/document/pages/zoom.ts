/** A step, or back to what fits. */
export type Zoom = 'in' | 'out' | 'width' | 'page';

/** In points, as the page is shown. */
export interface Size {
  width: number;
  height: number;
}

const steps = [0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3, 4];
const cssPixelsPerPoint = 96 / 72;

/** The next step of enlargement; 1 is the width of the pane. */
export function nextZoom(zoom: number, to: 'in' | 'out'): number {
  // A pinch may end just beside a step: the next step is then the one after it, as the nearest would change nothing
  // to be seen.
  if (to === 'in') return steps.find((step) => step > zoom * 1.01) ?? steps.at(-1)!;
  return steps.findLast((step) => step < zoom * 0.99) ?? steps[0]!;
}

export const limitZoom = (zoom: number): number => Math.min(Math.max(zoom, steps[0]!), steps.at(-1)!);

/** The width of most pages: the others are shown at the same scale, as far as they fit. */
export function usualWidth(sizes: Size[]): number {
  const counts = new Map<number, number>();
  for (const { width } of sizes) counts.set(width, (counts.get(width) ?? 0) + 1);
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}

/** Per cent of the size on paper; `scale` is CSS pixels per point. */
export const percentOf = (scale: number): number => Math.round((scale / cssPixelsPerPoint) * 100);
