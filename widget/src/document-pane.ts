import type { PDFPageProxy } from 'pdfjs-dist';
import { DocumentFrame } from './document-frame.ts';
import type { PanelModel } from './model.ts';
import { PageView } from './page-view.ts';
import { PdfDocument, type PdfOptions } from './pdf-document.ts';
import { pagesSheet } from './styles-pages.ts';
import { fitScale, nextZoom, percentOf, type Zoom } from './zoom.ts';

export interface DocumentPaneOptions extends PdfOptions {
  /** The scrolling box; pages are put into its first child. */
  scroller: HTMLElement;
  /** A page could not be painted after all. */
  broken: (page: number) => void;
}

/** Where somebody reads. */
export interface Place {
  page: number;
  zoom: number;
}

/** All pages of a PDF, one below the other; only those near the window are painted. */
export class DocumentPane {
  readonly #options: DocumentPaneOptions;
  readonly #resizes: ResizeObserver;
  readonly #near: IntersectionObserver;
  readonly #ending = new AbortController();
  readonly #frame: DocumentFrame;
  #pdf: PdfDocument | null = null;
  #views: PageView[] = [];
  #visible = new Set<PageView>();
  #sizes: { width: number; height: number }[] = [];
  #zoom = 1;
  #scale = 1;

  constructor(options: DocumentPaneOptions) {
    this.#options = options;
    const { scroller } = options;
    this.#frame = new DocumentFrame(scroller, { zoom: (to) => this.zoom(to) }, this.#ending.signal);
    const root = scroller.getRootNode() as ShadowRoot;
    if (!root.adoptedStyleSheets.includes(pagesSheet)) root.adoptedStyleSheets.push(pagesSheet);
    this.#near = new IntersectionObserver((entries) => this.#notice(entries), {
      root: scroller,
      rootMargin: '75% 0px',
    });
    // In the next frame: what an observer lays out at once, it may be told of again, and the browser calls
    // that an error of the host's page.
    this.#resizes = new ResizeObserver(() => requestAnimationFrame(() => this.#layOut()));
    this.#resizes.observe(scroller);
    scroller.addEventListener('scroll', () => this.#report(), { passive: true, signal: this.#ending.signal });
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener('change', () => this.#paintVisible(), {
      signal: this.#ending.signal,
    });
  }

  /** Opens a PDF in place of what was shown, and returns when its first page is painted. */
  async show(bytes: Uint8Array): Promise<number> {
    const pdf = await PdfDocument.open(bytes, this.#options);
    if (this.#ending.signal.aborted) return pdf.close().then(() => 0);
    await this.#reset();
    this.#pdf = pdf;
    const first = await pdf.page(1);
    this.#sizes = Array.from({ length: pdf.pages }, () => sizeOf(first));
    this.#views = this.#sizes.map((_, index) => new PageView(index + 1, this.#label(index + 1)));
    this.#layOut();
    this.#list.replaceChildren(...this.#views.map((view) => view.element));
    await this.#views[0]!.paint(first, this.#scale);
    for (const view of this.#views) this.#near.observe(view.element);
    await painted();
    return pdf.pages;
  }

  /** Goes through every page; false with the page's number where one cannot be drawn whole. */
  async *check(): AsyncGenerator<{ page: number; whole: boolean }> {
    const pdf = this.#pdf;
    const pages = pdf?.pages ?? 0;
    for (let page = 1; page <= pages; page += 1) {
      if (!pdf || pdf !== this.#pdf) return;
      this.#learnSize(page, await pdf.page(page));
      yield { page, whole: await pdf.isWhole(page) };
    }
  }

  /** Words may come after the pages do. */
  update(model: PanelModel): void {
    const isOther = model.messages !== this.#frame.model?.messages;
    this.#frame.update(model);
    if (isOther) for (const view of this.#views) view.label(this.#label(view.number));
  }

  zoom(to: Zoom): void {
    this.#zoom = nextZoom(this.#zoom, to);
    this.#layOut();
  }

  goTo(page: number): void {
    this.#views[page - 1]?.element.scrollIntoView({ block: 'start' });
  }

  get place(): Place {
    return { page: this.#pageInView(), zoom: this.#zoom };
  }

  /** Back to where somebody was, the host's page staying where it is; false while there are no pages. */
  restore({ page, zoom }: Place): boolean {
    const view = this.#views[page - 1];
    if (!view) return false;
    this.#zoom = zoom;
    this.#layOut();
    const { scroller } = this.#options;
    scroller.scrollTop += view.element.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
    return true;
  }

  async destroy(): Promise<void> {
    this.#ending.abort();
    this.#resizes.disconnect();
    this.#near.disconnect();
    this.#frame.end();
    await this.#reset();
  }

  get #list(): Element {
    return this.#options.scroller.firstElementChild!;
  }

  #label(page: number): string {
    return this.#frame.model?.messages.pageOf(page, this.#sizes.length) ?? '';
  }

  async #reset(): Promise<void> {
    this.#near.disconnect();
    for (const view of this.#views) view.clear();
    this.#list.replaceChildren();
    this.#views = [];
    this.#visible.clear();
    this.#options.scroller.scrollTop = 0;
    const pdf = this.#pdf;
    this.#pdf = null;
    await pdf?.close();
  }

  #learnSize(page: number, proxy: PDFPageProxy): void {
    const size = sizeOf(proxy);
    const known = this.#sizes[page - 1];
    if (!known || (known.width === size.width && known.height === size.height)) return;
    this.#sizes[page - 1] = size;
    this.#layOut();
  }

  #layOut(): void {
    const { scroller } = this.#options;
    if (this.#views.length === 0 || scroller.clientWidth === 0) return;
    const at = scroller.scrollTop / Math.max(1, scroller.scrollHeight);
    this.#scale = fitScale(this.#sizes, this.#list.clientWidth) * this.#zoom;
    for (const [index, view] of this.#views.entries()) view.size(this.#sizes[index]!, this.#scale);
    scroller.scrollTop = at * scroller.scrollHeight;
    this.#paintVisible();
    this.#report();
  }

  #notice(entries: IntersectionObserverEntry[]): void {
    for (const entry of entries) {
      const view = this.#views[Number((entry.target as HTMLElement).dataset.page) - 1];
      if (!view) continue;
      if (entry.isIntersecting) this.#visible.add(view);
      else if (this.#visible.delete(view)) view.clear();
    }
    this.#paintVisible();
  }

  #paintVisible(): void {
    for (const view of this.#visible) this.#paint(view).catch(() => this.#options.broken(view.number));
  }

  async #paint(view: PageView): Promise<void> {
    const pdf = this.#pdf;
    const page = await pdf?.page(view.number);
    if (page && pdf === this.#pdf && this.#visible.has(view)) await view.paint(page, this.#scale);
  }

  #report(): void {
    const pages = this.#views.length;
    if (pages > 0) this.#frame.report({ page: this.#pageInView(), pages, percent: percentOf(this.#scale) });
  }

  /** The page that crosses a line a third down the box. */
  #pageInView(): number {
    const { scroller } = this.#options;
    const line = scroller.getBoundingClientRect().top + scroller.clientHeight / 3;
    const index = this.#views.findIndex((view) => view.element.getBoundingClientRect().bottom >= line);
    return index < 0 ? this.#views.length : index + 1;
  }
}

function sizeOf(page: PDFPageProxy): { width: number; height: number } {
  const { width, height } = page.getViewport({ scale: 1 });
  return { width, height };
}

const painted = () => new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
