import type { Place } from '@tu-esign/contract';
import type { PDFPageProxy } from 'pdfjs-dist';
import { columnAt } from './pages/column.ts';
import { findMargins } from './pages/find-margins.ts';
import { markHits, placeOfMark } from './pages/hit-marks.ts';
import { NearPages } from './pages/near-pages.ts';
import { PageLayout, type Spot } from './pages/page-layout.ts';
import { lay, PlaceMark, type PlaceWords } from './pages/place-mark.ts';
import { placeOnPage } from './pages/places.ts';
import { PageView } from './pages/page-view.ts';
import type { Model } from '../view/model.ts';
import type { Sketches } from '../view/sketch.ts';
import type { PagePlace, PdfDocument } from './pdf/pdf-document.ts';
import { Reflow } from './reflow/reflow.ts';
import { Search, type Hit } from './reading/search.ts';
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
  /** The signatory has pressed one of their places. */
  placePressed: () => void;
}

/** All pages of a PDF, one below the other; only those near the window are painted. */
export class ShownDocument {
  readonly views: PageView[];
  readonly layout: PageLayout;
  readonly search: Search;
  readonly thumbnails: Thumbnails;
  readonly reflow: Reflow;
  /** Where the signature is, or will be. */
  place: PagePlace | null = null;
  /** The signatory's places, in the document's order. */
  marks: PlaceMark[] = [];
  /** The place that the signatory was led to last. */
  #stop: number | null = null;
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
    this.reflow = new Reflow({
      scroller,
      pages: pdf.pages,
      textOf: (page) => pdf.placedText(page),
      goTo: (page) => this.goTo(page),
      changed: options.changed,
      signal,
    });
    // What lies under the text is not read.
    const isLegible = () => this.layout.isLegible && !this.reflow.isOpen;
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
    await this.#learnMargins(1, this.#options.first);
    await this.views[0]!.paint(this.#options.first, this.layout.scaleOf(1));
    this.#near.begin();
    this.#options.scroller.firstElementChild!.toggleAttribute('data-painted', true);
    await painted();
  }

  /** Goes through every page; false with the page's number where one cannot be drawn whole. */
  async *check(): AsyncGenerator<{ page: number; whole: boolean }> {
    const { pdf } = this.#options;
    for (const { number } of this.views) {
      if (this.#ending.signal.aborted) return;
      await this.#learnSize(number);
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

  /** The signature's place, or the last page where it is not known; within its box alone. */
  goToSignature(): void {
    this.reflow.close();
    if (this.place) this.layout.reveal(middleOf(this.place), this.place.height);
    else this.goTo(this.pages);
  }

  /** The same, and the host's page is scrolled as well, until it can be seen. */
  bringSignature(): void {
    this.goToSignature();
    const mark = this.marks.find(({ place }) => place.kind === 'signature');
    const shown = mark?.element ?? this.views[(this.place?.page ?? this.pages) - 1]!.element;
    shown.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  /** From one of the signatory's places to the next, round and round; begins with the signature. */
  bringNextPlace(): void {
    if (this.marks.length < 2) return this.bringSignature();
    const first = this.marks.findIndex(({ place }) => place.kind === 'signature');
    this.#stop = this.#stop === null ? Math.max(first, 0) : (this.#stop + 1) % this.marks.length;
    const { element, place } = this.marks[this.#stop]!;
    this.reflow.close();
    this.layout.reveal(middleOf(place.box), place.box.height);
    element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    element.focus({ preventScroll: true });
  }

  /** Enlarges the column of text at a spot, or goes back to the width. */
  toggleColumn(spot: Spot): void {
    const { layout } = this;
    const anchor = layout.anchorAt(spot);
    if (layout.zoom > 1.05) layout.change('width');
    else layout.showColumn(columnAt(this.views[anchor.page - 1]!, anchor, layout.zoom), anchor, spot);
    this.laidOut();
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

  /** Shows where the autograph will be. */
  async markPlaces(asked: Place[]): Promise<void> {
    const { pdf, placePressed } = this.#options;
    const places = await Promise.all(asked.map((one) => placeOnPage(pdf, one)));
    if (this.marks.length > 0) return;
    const known = places.filter((place) => place !== null);
    this.marks = known.map((place) => new PlaceMark(this.views[place.box.page - 1]!, place, placePressed));
    this.place = known.find(({ kind }) => kind === 'signature')?.box ?? null;
    for (const { box } of known) this.#keepInView(box);
  }

  /** Says at each place what goes there. */
  label(words: Record<Place['kind'], PlaceWords>): void {
    for (const mark of this.marks) mark.say(words[mark.place.kind]);
  }

  /** Shows what has been made so far at each place that takes it. */
  sketch(sketches: Sketches): void {
    for (const mark of this.marks) mark.show(sketches[mark.place.kind]);
    this.#repaintMarks();
  }

  /** Finds where the document is signed, goes there, and shows for a moment where the ink has dried. */
  async showSignature(): Promise<void> {
    this.place = await this.#options.pdf.signature();
    if (!this.place) return;
    await this.#learnSize(this.place.page);
    this.#keepInView(this.place);
    this.goToSignature();
    const frame = document.createElement('i');
    frame.className = 'settled';
    lay(frame, this.place);
    frame.addEventListener('animationend', () => frame.remove(), { once: true });
    this.views[this.place.page - 1]!.keep(frame);
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
    this.#repaintMarks();
    for (const view of this.#near) {
      this.#paint(view).catch(() => this.#ending.signal.aborted || this.#options.broken(view.number));
    }
  }

  /** While a pen is down, each frame comes here: what is far away is painted when it comes near. */
  #repaintMarks(): void {
    for (const mark of this.marks) if (this.#near.has(this.views[mark.place.box.page - 1]!)) mark.repaint();
  }

  async #paint(view: PageView): Promise<void> {
    const page = await this.#learnSize(view.number);
    await this.#learnMargins(view.number, page);
    if (this.#near.has(view)) await view.paint(page, this.layout.scaleOf(view.number));
  }

  /** Until then a page has the first one's size: painted into that, a page that is turned would be out of shape. */
  async #learnSize(number: number): Promise<PDFPageProxy> {
    const page = await this.#options.pdf.page(number);
    if (this.layout.learn(number, sizeOf(page))) this.laidOut();
    return page;
  }

  /** Before the page is painted: nothing of it is to be left out that is printed. */
  async #learnMargins(number: number, page: PDFPageProxy): Promise<void> {
    const { layout } = this;
    if (!layout.isNarrow || layout.knowsMargins(number)) return;
    const none = { top: 0, right: 0, bottom: 0, left: 0 };
    const margins = await findMargins(page).catch(() => none);
    if (layout.learnMargins(number, margins) && number > 1) this.laidOut();
  }

  #keepInView({ page, x, y, width, height }: PagePlace): void {
    const { width: across, height: down } = this.layout.sizeOf(page);
    const [right, bottom] = [1 - x - width, 1 - y - height];
    const margins = { top: y * down, right: right * across, bottom: bottom * down, left: x * across };
    if (this.layout.keepMargins(page, margins)) this.laidOut();
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
    this.reflow.close();
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

const middleOf = ({ page, x, y, width, height }: PagePlace) => ({ page, x: x + width / 2, y: y + height / 2 });

const painted = () => new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
