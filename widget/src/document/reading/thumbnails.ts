import type { PDFPageProxy } from 'pdfjs-dist';
import type { ViewTools } from '../../view/view-tools.ts';
import type { Messages } from '../../words/messages.ts';
import { thumbnailsView } from './thumbnails-view.ts';

const wide = 104;

export interface ThumbnailsOptions {
  /** Where they go; hidden where the pane is narrow. */
  place: HTMLElement;
  pages: number;
  pageOf: (page: number) => Promise<PDFPageProxy>;
  goTo: (page: number) => void;
  signal: AbortSignal;
}

/** Small pictures of the pages, painted one after the other and only while they can be seen. */
export class Thumbnails {
  readonly #options: ThumbnailsOptions;
  readonly #near: IntersectionObserver;
  readonly #wanted = new Set<HTMLElement>();
  #isPainting = false;
  #mayPaint = false;
  #current = 0;
  #messages: Messages | null = null;

  constructor(options: ThumbnailsOptions) {
    this.#options = options;
    this.#near = new IntersectionObserver((entries) => this.#notice(entries), { root: options.place });
    options.signal.addEventListener('abort', () => this.#end(), { once: true });
  }

  /** Begins to paint. Not done at once, as the page in view has to come first. */
  begin(): void {
    this.#mayPaint = true;
    void this.#paintNext();
  }

  update({ view, messages }: { view: ViewTools; messages: Messages }, current: number): void {
    if (current === this.#current && messages === this.#messages) return;
    const { place, pages, goTo } = this.#options;
    view.render(thumbnailsView({ view, messages, pages, current, goTo }), place);
    for (const button of this.#buttons) this.#near.observe(button);
    this.#show(this.#buttons[current - 1]);
    this.#current = current;
    this.#messages = messages;
  }

  get #buttons(): HTMLElement[] {
    return [...this.#options.place.querySelectorAll<HTMLElement>('[data-page]')];
  }

  #show(button: HTMLElement | undefined): void {
    const { place } = this.#options;
    if (!button || place.clientHeight === 0) return;
    const { offsetTop, offsetHeight } = button;
    if (offsetTop < place.scrollTop) place.scrollTop = offsetTop - 8;
    const bottom = offsetTop + offsetHeight;
    if (bottom > place.scrollTop + place.clientHeight) place.scrollTop = bottom - place.clientHeight + 8;
  }

  #notice(entries: IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) this.#wanted.add(target as HTMLElement);
      else this.#forget(target as HTMLElement);
    }
    void this.#paintNext();
  }

  #forget(button: HTMLElement): void {
    this.#wanted.delete(button);
    const canvas = button.querySelector('canvas')!;
    if (canvas.width === 0) return;
    canvas.width = canvas.height = 0;
    // Chromium keeps the shapes of all text that a canvas has drawn for as long as the canvas is there.
    canvas.replaceWith(canvas.cloneNode());
  }

  async #paintNext(): Promise<void> {
    if (this.#isPainting || !this.#mayPaint) return;
    this.#isPainting = true;
    for (const button of this.#wanted) {
      this.#wanted.delete(button);
      // The page itself reports that it cannot be painted.
      await this.#paint(button).catch(() => {});
      if (this.#options.signal.aborted) return;
    }
    this.#isPainting = false;
  }

  async #paint(button: HTMLElement): Promise<void> {
    const page = await this.#options.pageOf(Number(button.dataset.page));
    const { width } = page.getViewport({ scale: 1 });
    const viewport = page.getViewport({ scale: (wide / width) * devicePixelRatio });
    const canvas = button.querySelector('canvas')!;
    canvas.width = Math.ceil(viewport.width);
    canvas.height = Math.ceil(viewport.height);
    await page.render({ canvas, viewport }).promise;
    page.cleanup();
  }

  #end(): void {
    this.#near.disconnect();
    for (const button of this.#buttons) this.#forget(button);
  }
}
