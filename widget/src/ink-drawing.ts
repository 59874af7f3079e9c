import SignaturePad, { type PointGroup } from 'signature_pad';
import { boundsOf, calm, type Box, type Ink, type View } from './ink.ts';

/** Ink is dark blue on paper, in either theme: what is drawn is what will stand in the document. */
export const pen = {
  penColor: '#12275c',
  minWidth: 0.8,
  maxWidth: 2.4,
  dotSize: 1.8,
  velocityFilterWeight: 0.7,
  compositeOperation: 'source-over',
} as const;

const bleed = 8;
const density = 3;

export interface PictureLimits {
  autographBytes: number;
  autographPixels: number;
}

/** Draws all of the ink at a view and density (canvas pixels per CSS pixel); what was there is wiped. */
export function draw(
  pad: SignaturePad,
  ink: Ink,
  { view, ratio }: { view: View; ratio: number },
  canvas: HTMLCanvasElement,
) {
  pad.clear();
  const context = canvas.getContext('2d')!;
  const scale = view.scale * ratio;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.setTransform(scale, 0, 0, scale, view.dx * ratio, view.dy * ratio);
  pad.fromData(ink.strokes.map(({ points }): PointGroup => ({ ...pen, points: calm(points) })));
}

/**
 * The ink as a PNG on transparent ground, cropped with a margin, at three times the pad's density or as
 * much as the limits (bytes, pixels) leave; null where the browser keeps the canvas from us.
 */
export async function toPng(ink: Ink, limits: PictureLimits): Promise<Blob | null> {
  const box = boundsOf(ink)!;
  for (let scale = density; scale >= 1; scale -= 0.5) {
    const { width, height } = sizeOf(box, scale);
    if (width * height > limits.autographPixels) continue;
    const png = await render(ink, box, scale);
    if (png && png.size <= limits.autographBytes) return png;
  }
  return null;
}

const sizeOf = (box: Box, scale: number) => ({
  width: Math.ceil((box.right - box.left + 2 * bleed) * scale),
  height: Math.ceil((box.bottom - box.top + 2 * bleed) * scale),
});

function render(ink: Ink, box: Box, scale: number): Promise<Blob | null> {
  const canvas = Object.assign(document.createElement('canvas'), sizeOf(box, scale));
  const pad = new SignaturePad(canvas, pen);
  pad.off();
  draw(pad, ink, { view: { scale: 1, dx: bleed - box.left, dy: bleed - box.top }, ratio: scale }, canvas);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}
