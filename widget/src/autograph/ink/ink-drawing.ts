import type SignaturePad from 'signature_pad';
import type { PointGroup } from 'signature_pad';
import { calm, type Ink, type View } from './ink.ts';

/** Ink is dark blue on paper, in either theme: what is drawn is what will stand in the document. */
export const pen = {
  penColor: '#12275c',
  minWidth: 0.8,
  maxWidth: 2.4,
  dotSize: 1.8,
  velocityFilterWeight: 0.7,
  compositeOperation: 'source-over',
} as const;

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
