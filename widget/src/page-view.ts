import { RenderingCancelledException, TextLayer } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PDFPageProxy, RenderTask } from 'pdfjs-dist';

// Beyond this, phones refuse the canvas and draw nothing.
const mostPixels = 16_777_216;

/** One page in the pane: a box of the right size that is painted only while it is near. */
export class PageView {
  readonly element: HTMLElement;
  readonly number: number;
  #page: PDFPageProxy | null = null;
  #canvas: HTMLCanvasElement | null = null;
  #text: TextLayer | null = null;
  #task: RenderTask | null = null;
  #painted = 0;
  #wanted = 0;

  constructor(number: number, label: string) {
    this.number = number;
    this.element = document.createElement('div');
    this.element.className = 'page';
    this.element.setAttribute('role', 'group');
    this.label(label);
    this.element.dataset.page = String(number);
  }

  label(text: string): void {
    this.element.ariaLabel = text || null;
  }

  get isPainted(): boolean {
    return this.#painted > 0;
  }

  /** Sizes the box; `scale` is CSS pixels per point (1/72 inch). */
  size({ width, height }: { width: number; height: number }, scale: number): void {
    const { style } = this.element;
    style.width = `${Math.floor(width * scale)}px`;
    style.height = `${Math.floor(height * scale)}px`;
    style.setProperty('--total-scale-factor', String(scale));
  }

  /** Paints canvas and text at the scale; what was there stays until the new one is ready. */
  async paint(page: PDFPageProxy, scale: number): Promise<void> {
    const sharp = scale * devicePixelRatio;
    if (this.#wanted === sharp) return;
    this.#task?.cancel();
    this.#wanted = sharp;
    this.#page = page;
    const canvas = await this.#paintCanvas(page, scale);
    if (!canvas || this.#wanted !== sharp) return;
    this.#canvas?.remove();
    this.#canvas = canvas;
    this.element.prepend(canvas);
    this.#painted = sharp;
    await this.#layText(page, scale);
  }

  /** Gives the memory back. */
  clear(): void {
    this.#task?.cancel();
    this.#text?.cancel();
    if (this.#canvas) this.#canvas.width = this.#canvas.height = 0;
    this.element.replaceChildren();
    this.#page?.cleanup();
    this.#canvas = this.#text = this.#task = this.#page = null;
    this.#painted = this.#wanted = 0;
  }

  async #paintCanvas(page: PDFPageProxy, scale: number): Promise<HTMLCanvasElement | null> {
    const viewport = page.getViewport({ scale });
    const ratio = Math.min(devicePixelRatio, Math.sqrt(mostPixels / (viewport.width * viewport.height)));
    const canvas = document.createElement('canvas');
    canvas.width = Math.floor(viewport.width * ratio);
    canvas.height = Math.floor(viewport.height * ratio);
    canvas.setAttribute('aria-hidden', 'true');
    this.#task = page.render({ canvas, viewport, transform: [ratio, 0, 0, ratio, 0, 0] });
    try {
      await this.#task.promise;
      return canvas;
    } catch (error) {
      if (error instanceof RenderingCancelledException) return null;
      throw error;
    }
  }

  async #layText(page: PDFPageProxy, scale: number): Promise<void> {
    const viewport = page.getViewport({ scale });
    if (this.#text) return this.#text.update({ viewport });
    const container = document.createElement('div');
    container.className = 'textLayer';
    this.element.append(container);
    this.#text = new TextLayer({ textContentSource: page.streamTextContent(), container, viewport });
    // Cancelled, or no text to be had: the picture is what counts.
    await this.#text.render().catch(() => {});
  }
}
