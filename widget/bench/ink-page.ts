import SignaturePad from 'signature_pad';
import { AutographPad } from '../src/autograph/ink/autograph-pad.ts';

/** In the page of the bench: a pad of the element, or signature_pad as it comes. Both answer how many points they kept. */
const pads = {
  'tu-esign'(canvas: HTMLCanvasElement, frame: HTMLElement) {
    const pad = new AutographPad({ canvas, frame, changed: () => {} });
    return () => pad.ink.strokes.flatMap(({ points }) => points).length;
  },
  signature_pad(canvas: HTMLCanvasElement, frame: HTMLElement) {
    canvas.width = frame.clientWidth;
    canvas.height = frame.clientHeight;
    const pad = new SignaturePad(canvas);
    return () => pad.toData().flatMap(({ points }) => points).length;
  },
};

export type Pad = keyof typeof pads;

/** Puts a pad into the page, and answers how to ask it for the points it kept. */
export function openPad(name: Pad): () => number {
  const frame = document.createElement('div');
  frame.style.cssText = 'width: 600px; height: 200px; overflow: hidden; touch-action: none';
  const canvas = document.createElement('canvas');
  canvas.style.display = 'block';
  frame.append(canvas);
  document.body.replaceChildren(frame);
  return pads[name](canvas, frame);
}
