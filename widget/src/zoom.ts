/** A step, or back to the pane's width. */
export type Zoom = 'in' | 'out' | 'fit';

const steps = [0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3, 4];
const cssPixelsPerPoint = 96 / 72;

/** The next step of enlargement; 1 is the width of the pane. */
export function nextZoom(zoom: number, to: Zoom): number {
  if (to === 'fit') return 1;
  if (to === 'in') return steps.find((step) => step > zoom) ?? steps.at(-1)!;
  return steps.findLast((step) => step < zoom) ?? steps[0]!;
}

/** CSS pixels per point at which the widest page fills the width. */
export function fitScale(sizes: { width: number }[], width: number): number {
  return width / Math.max(...sizes.map((size) => size.width));
}

/** Per cent of the size on paper. */
export const percentOf = (scale: number): number => Math.round((scale / cssPixelsPerPoint) * 100);
