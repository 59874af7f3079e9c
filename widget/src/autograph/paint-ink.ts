import type { ExtractedInk } from './extract-ink.ts';

const painted = new WeakMap<HTMLCanvasElement, ExtractedInk>();

/** Shows ink on a canvas of its size; nothing is read back, and no picture has to be allowed by the host's page. */
export function paintInk(canvas: HTMLCanvasElement, ink: ExtractedInk): void {
  if (painted.get(canvas) === ink) return;
  painted.set(canvas, ink);
  const { width, height, alpha } = ink.coverage;
  Object.assign(canvas, { width, height });
  const pixels = new ImageData(width, height);
  for (const [index, value] of alpha.entries()) pixels.data.set([...ink.colour, value], index * 4);
  canvas.getContext('2d')!.putImageData(pixels, 0, 0);
}
