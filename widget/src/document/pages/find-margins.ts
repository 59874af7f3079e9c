import type { PDFPageProxy } from 'pdfjs-dist';
import type { Margins } from './page-margins.ts';

/** Pixels across: enough to tell where a margin ends. */
const across = 320;
/** What is darker than this is printed: paper that a scanner saw is not quite white. */
const paper = 244;

/**
 * Finds what of a page is blank, from a small picture of it. A browser that gives out other pixels than it paints makes
 * margins too narrow or none: the page is then shown with more of them.
 */
export async function findMargins(page: PDFPageProxy): Promise<Margins> {
  const whole = page.getViewport({ scale: 1 });
  const scale = across / whole.width;
  const canvas = await drawSmall(page, scale);
  const { width, height } = canvas;
  const { data } = canvas.getContext('2d', { willReadFrequently: true })!.getImageData(0, 0, width, height);
  canvas.width = canvas.height = 0;
  const box = boundsOf(data, width, height);
  const none = { top: whole.height, right: whole.width, bottom: whole.height, left: whole.width };
  return box
    ? {
        top: box.top / scale,
        right: (width - box.right) / scale,
        bottom: (height - box.bottom) / scale,
        left: box.left / scale,
      }
    : none;
}

async function drawSmall(page: PDFPageProxy, scale: number): Promise<HTMLCanvasElement> {
  const viewport = page.getViewport({ scale });
  const canvas = document.createElement('canvas');
  canvas.width = Math.floor(viewport.width);
  canvas.height = Math.floor(viewport.height);
  canvas.getContext('2d', { willReadFrequently: true });
  await page.render({ canvas, viewport }).promise;
  return canvas;
}

/** The box around all that is printed, in pixels; null where nothing is. */
function boundsOf(data: Uint8ClampedArray, width: number, height: number): Margins | null {
  const box = { top: height, right: 0, bottom: 0, left: width };
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 4;
      if (Math.min(data[at]!, data[at + 1]!, data[at + 2]!) > paper) continue;
      box.top = Math.min(box.top, y);
      box.bottom = y + 1;
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x + 1);
    }
  }
  return box.bottom > 0 ? box : null;
}
