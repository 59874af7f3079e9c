import '../pdf/older-browsers.ts';
import { RenderingCancelledException, TextLayer } from 'pdfjs-dist';
import type { PDFPageProxy, RenderTask } from 'pdfjs-dist';
import type { Size } from './zoom.ts';

// Beyond this, phones refuse the canvas and draw nothing.
const mostPixels = 16_777_216;

/**
 * One page in the pane: a box of the right size that is painted only while it is near. Its text is always there
 * for a screen reader and for the browser's own search: laid over the picture, or unseen where there is none.
 */
export class PageView {
  readonly element: HTMLElement;
  readonly number: number;
  readonly #heading = document.createElement('h3');
  readonly #words = document.createElement('p');
  readonly #textLaid: (view: PageView) => void;
  readonly #marks = new Set<HTMLElement>();
  #page: PDFPageProxy | null = null;
  #canvas: HTMLCanvasElement | null = null;
  #text: TextLayer | null = null;
  #layer: HTMLElement | null = null;
  #task: RenderTask | null = null;
  #painted = 0;
  #wanted = 0;

  constructor(number: number, textLaid: (view: PageView) => void) {
    this.number = number;
    this.#textLaid = textLaid;
    this.element = document.createElement('div');
    this.element.className = 'page';
    this.element.setAttribute('role', 'group');
    this.element.dataset.page = String(number);
    this.#heading.className = this.#words.className = 'hidden';
    this.element.append(this.#heading, this.#words);
  }

  label(text: string): void {
    this.element.ariaLabel = this.#heading.textContent = text;
  }

  /** The page's text, for as long as it is not laid over the picture. */
  say(words: string): void {
    this.#words.textContent = words;
  }

  /** Shows something upon the page, painted or not. */
  keep(mark: HTMLElement): void {
    if (mark.parentElement !== this.element) this.element.append(mark);
    this.#marks.add(mark);
  }

  drop(mark: HTMLElement): void {
    this.#marks.delete(mark);
    mark.remove();
  }

  get isPainted(): boolean {
    return this.#painted > 0;
  }

  /** The pieces of text that are laid over the picture, in the document's order; empty before they are. */
  get textPieces(): HTMLElement[] {
    return this.#layer ? this.#text!.textDivs : [];
  }

  /** Sizes the box; a page wider than most is shrunk. */
  size({ width, height }: Size, shrink: number): void {
    const { style } = this.element;
    style.setProperty('--_width', String(width * shrink));
    style.setProperty('--_height', String(height * shrink));
    style.setProperty('--_shrink', String(shrink));
  }

  /** Paints the canvas at the scale, and lays text over it thereafter; what was there stays until the new one is ready. */
  async paint(page: PDFPageProxy, scale: number): Promise<void> {
    const sharp = scale * devicePixelRatio;
    if (this.#wanted === sharp) return;
    this.#task?.cancel();
    this.#wanted = sharp;
    this.#page = page;
    const canvas = await this.#paintCanvas(page, scale);
    if (!canvas || this.#wanted !== sharp) return;
    this.#dropCanvas();
    this.#canvas = canvas;
    this.#heading.after(canvas);
    this.#painted = sharp;
    void this.#layText(page, scale);
  }

  /** Gives the memory back. */
  clear(): void {
    this.#task?.cancel();
    this.#text?.cancel();
    this.#dropCanvas();
    this.element.replaceChildren(this.#heading, this.#words, ...this.#marks);
    this.#page?.cleanup();
    this.#canvas = this.#text = this.#layer = this.#task = this.#page = null;
    this.#painted = this.#wanted = 0;
  }

  #dropCanvas(): void {
    if (!this.#canvas) return;
    this.#canvas.width = this.#canvas.height = 0;
    this.#canvas.remove();
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

  // Only once: text is placed in parts of the page's size, so that it grows with the page.
  async #layText(page: PDFPageProxy, scale: number): Promise<void> {
    if (this.#text) return;
    const container = document.createElement('div');
    container.className = 'textLayer';
    const viewport = page.getViewport({ scale });
    const text = new TextLayer({ textContentSource: page.streamTextContent(), container, viewport });
    this.#text = text;
    this.#words.after(container);
    // Cancelled, or no text to be had: the picture is what counts.
    const isLaid = await text.render().then(
      () => true,
      () => false,
    );
    if (!isLaid || this.#text !== text) return;
    this.#words.remove();
    this.#layer = container;
    this.#textLaid(this);
  }
}
