import type { ExtractedInk } from '../extract-ink.ts';

const painted = new WeakMap<HTMLCanvasElement, ExtractedInk>();

/** Shows ink on a canvas of its size; nothing is read back, and no picture has to be allowed by the host's page. */
export function paintInk(canvas: HTMLCanvasElement, ink: ExtractedInk): void {
  if (painted.get(canvas) === ink) return;
  painted.set(canvas, ink);
  const { width, height, alpha } = ink.coverage;
  Object.assign(canvas, { width, height });
  const pixels = new ImageData(width, height);
  const colour = new Uint32Array(new Uint8ClampedArray([...ink.colour, 0]).buffer)[0]!;
  // First one colour for all pixels, then the opacity of each. An array for each pixel took slow phones too long.
  new Uint32Array(pixels.data.buffer).fill(colour);
  for (let index = 0; index < alpha.length; index += 1) pixels.data[index * 4 + 3] = alpha[index]!;
  canvas.getContext('2d')!.putImageData(pixels, 0, 0);
}
