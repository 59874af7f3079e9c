import type { SignaturePlace } from '@tu-esign/contract';
import type { PDFPageProxy } from 'pdfjs-dist';
import { markHits, placeOfMark } from './pages/hit-marks.ts';
import { NearPages } from './pages/near-pages.ts';
import { PageLayout } from './pages/page-layout.ts';
import { PageView } from './pages/page-view.ts';
import type { Model } from '../view/model.ts';
import type { PagePlace, PdfDocument } from './pdf/pdf-document.ts';
import { Search, type Hit } from './reading/search.ts';
import { markPlace, placeOnPage } from './pages/signature-place.ts';
import { Thumbnails } from './reading/thumbnails.ts';
import type { ViewedPages } from './pages/viewed-pages.ts';
import { viewedOf, watchViewing } from './pages/viewing.ts';
import type { Zoom } from './pages/zoom.ts';

const settledAfter = 150;

export interface ShownDocumentOptions {
  pdf: PdfDocument;
  what: Exclude<Model['shown'], 'nothing'>;
  first: PDFPageProxy;
  scroller: HTMLElement;
  thumbnails: HTMLElement;
  /** Something of what the bar shows has changed. */
  changed: () => void;
  /** All pages that have been viewed: told at the beginning, and again whenever there are more. */
  pagesViewed: (pages: number[]) => void;
  /** A page could not be painted after all. */
  broken: (page: number) => void;
}

/** All pages of a PDF, one below the other; only those near the window are painted. */
export class ShownDocument {
  readonly views: PageView[];
  readonly layout: PageLayout;
  readonly search: Search;
  readonly thumbnails: Thumbnails;
  /** Where the signature is, or will be. */
  place: PagePlace | null = null;
  readonly #options: ShownDocumentOptions;
  readonly #viewed: ViewedPages;
  readonly #near: NearPages;
  readonly #ending = new AbortController();
  /** A hit to be shown as soon as its page's text is laid. */
  #wanted: Hit | null = null;
  #settling: ReturnType<typeof setTimeout> | undefined;

  constructor(options: ShownDocumentOptions) {
    this.#options = options;
    const { pdf, first, scroller, pagesViewed } = options;
    const { signal } = this.#ending;
    const textLaid = (view: PageView) => this.#mark(view);
    this.views = Array.from({ length: pdf.pages }, (_, index) => new PageView(index + 1, textLaid));
    scroller.firstElementChild!.replaceChildren(...this.views.map(({ element }) => element));
    this.layout = new PageLayout(scroller, this.views, sizeOf(first));
    this.#near = new NearPages(scroller, this.views, () => this.#paintNear());
    this.search = new Search({
      pages: pdf.pages,
      textOf: (page) => pdf.text(page),
      pageInView: () => this.layout.pageInView,
      changed: () => this.#searched(),
      reveal: (hit) => this.#reveal(hit),
    });
    this.thumbnails = new Thumbnails({
      place: options.thumbnails,
      pages: pdf.pages,
      pageOf: (page) => pdf.page(page),
      goTo: (page) => this.goTo(page),
      signal,
    });
    const isLegible = () => this.layout.isLegible;
    const viewed = viewedOf(scroller, pdf.name, pdf.pages);
    this.#viewed = viewed;
    watchViewing({ scroller, views: this.views, viewed, isLegible, changed: pagesViewed, signal });
    pagesViewed(viewed.viewed);
  }

  get pages(): number {
    return this.views.length;
  }

  get what(): ShownDocumentOptions['what'] {
    return this.#options.what;
  }

  get name(): string {
    return this.#options.pdf.name;
  }

  get viewed(): number[] {
    return this.#viewed.viewed;
  }

  /** Adds the pages that were viewed in an earlier visit. */
  recall(pages: number[]): void {
    this.#viewed.recall(pages);
    this.#options.pagesViewed(this.viewed);
  }

  /** Paints the first page before all else. */
  async paintFirst(): Promise<void> {
    this.layout.layOut();
    await this.views[0]!.paint(this.#options.first, this.layout.scaleOf(1));
    this.#near.begin();
    await painted();
  }

  /** Goes through every page; false with the page's number where one cannot be drawn whole. */
  async *check(): AsyncGenerator<{ page: number; whole: boolean }> {
    const { pdf } = this.#options;
    for (const { number } of this.views) {
      if (this.#ending.signal.aborted) return;
      const page = await pdf.page(number);
      if (this.layout.learn(number, sizeOf(page))) this.laidOut();
      const whole = await pdf.isWhole(number);
      yield { page: number, whole };
    }
  }

  /** What is not needed at once: all text, for a screen reader that goes on reading, and the thumbnails. */
  async complete(): Promise<void> {
    this.thumbnails.begin();
    for (const view of this.views) {
      if (this.#ending.signal.aborted) return;
      const pieces = await this.#options.pdf.text(view.number).catch(() => []);
      view.say(pieces.map(({ text, endsLine }) => (endsLine ? `${text}\n` : text)).join(''));
    }
  }

  zoom(to: Zoom): void {
    this.layout.change(to);
    this.laidOut();
  }

  goTo(page: number): void {
    this.layout.goTo(Math.min(Math.max(page, 1), this.pages));
  }

  /** The signature's place, or the last page where it is not known. */
  goToSignature(): void {
    if (this.place) this.layout.reveal(this.place);
    else this.goTo(this.pages);
  }

  /**
   * Marks the pages that have yet to be viewed, and lets them take the focus, so that the signatory can be led to
   * them.
   */
  pointAtUnread(viewed: number[]): void {
    const seen = new Set(viewed);
    for (const { element, number } of this.views) {
      element.classList.toggle('unread', !seen.has(number));
      element.tabIndex = -1;
    }
  }

  /** Shows where the signature will be. */
  async markPlace(asked: SignaturePlace, text: string): Promise<void> {
    this.place = await placeOnPage(this.#options.pdf, asked);
    if (this.place) markPlace(this.views[this.place.page - 1]!, this.place, text);
  }

  /** Finds where the document is signed, and goes there. */
  async showSignature(): Promise<void> {
    this.place = await this.#options.pdf.signature();
    if (this.place) this.goToSignature();
  }

  /** Called when the pages have another scale: they are painted anew once it stays for a moment. */
  laidOut(): void {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.#paintNear(), settledAfter);
    this.#options.changed();
  }

  async close(): Promise<void> {
    this.#ending.abort();
    clearTimeout(this.#settling);
    this.#near.end();
    for (const view of this.views) view.clear();
    const { pdf, scroller } = this.#options;
    scroller.firstElementChild!.replaceChildren();
    scroller.scrollTop = 0;
    await pdf.close();
  }

  #paintNear(): void {
    for (const view of this.#near) {
      this.#paint(view).catch(() => this.#ending.signal.aborted || this.#options.broken(view.number));
    }
  }

  async #paint(view: PageView): Promise<void> {
    const page = await this.#options.pdf.page(view.number);
    if (this.#near.has(view)) await view.paint(page, this.layout.scaleOf(view.number));
  }

  #searched(): void {
    for (const view of this.#near) markHits(view, this.search);
    this.#options.changed();
  }

  #mark(view: PageView): void {
    markHits(view, this.search);
    if (this.#wanted?.page === view.number) this.#reveal(this.#wanted);
  }

  /**
   * Scrolls to the hit. Its exact place is known only once the page's text is laid, which happens when the page is
   * near: until then, scrolls to the page.
   */
  #reveal(hit: Hit): void {
    const place = placeOfMark(this.views[hit.page - 1]!);
    this.#wanted = place ? null : hit;
    if (place) this.layout.reveal({ page: hit.page, ...place });
    else this.goTo(hit.page);
  }
}

function sizeOf(page: PDFPageProxy): { width: number; height: number } {
  const { width, height } = page.getViewport({ scale: 1 });
  return { width, height };
}

const painted = () => new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
