import type { SigningRequestView } from '@tu-esign/contract';
import { DocumentFrame } from './document-frame.ts';
import type { ReadingModel } from './reading-model.ts';
import type { Anchor } from './pages/page-layout.ts';
import { PdfDocument, type PdfOptions } from './pdf/pdf-document.ts';
import { ShownDocument, type ShownDocumentOptions } from './shown-document.ts';
import { pagesSheet } from './pages/styles-pages.ts';
import { observeDensity } from '../view/observe-density.ts';
import { watchDoubleTap, zoomByPinch, zoomByWheel } from './reading/zoom-gestures.ts';
import type { Sketches } from '../view/sketch.ts';

export interface DocumentPaneOptions extends PdfOptions {
  /** The scrolling box; pages are put into its first child. */
  scroller: HTMLElement;
  /** The reader has viewed these pages. */
  pagesViewed: (pages: number[]) => void;
  /** A page could not be painted after all. */
  broken: (page: number) => void;
}

const fewPages = 3;
const corner = { x: 0, y: 0 };

/** Where somebody reads: what lies in the upper left corner, and how large; and how far they have come. */
export interface Place extends Anchor {
  zoom: number;
  /** What tells the document from others. */
  document: string;
  /** Pages viewed so far. */
  viewed: number[];
}

/** Shows one PDF at a time, with all that is around its pages. */
export class DocumentPane {
  readonly #options: DocumentPaneOptions;
  readonly #frame: DocumentFrame;
  readonly #ending = new AbortController();
  #shown: ShownDocument | null = null;
  #wantsThumbnails: boolean | null = null;
  #request: SigningRequestView | null = null;
  /** Where the signatory was when this was last asked. */
  #at: Place | null = null;

  constructor(options: DocumentPaneOptions) {
    this.#options = options;
    const { scroller } = options;
    const { signal } = this.#ending;
    adopt(scroller.getRootNode() as ShadowRoot);
    this.#frame = new DocumentFrame({ scroller, act: this.#actions, signal });
    const changed = () => this.#shown?.laidOut();
    const gestures = { scroller, layout: () => this.#shown?.layout ?? null, changed, signal };
    zoomByWheel(gestures);
    zoomByPinch(gestures);
    watchDoubleTap(gestures, (spot) => this.#shown?.toggleColumn(spot));
    this.#followSize(signal);
    scroller.addEventListener('scroll', () => this.#report(), { passive: true, signal });
  }

  /**
   * Opens a PDF in place of what was shown, and returns when its first page is painted.
   * @param what which document it is; the model knows that only once it has been painted
   */
  async show(bytes: Uint8Array, what: ShownDocumentOptions['what']): Promise<number> {
    const pdf = await PdfDocument.open(bytes, this.#options);
    const { scroller, pagesViewed, broken } = this.#options;
    const first = await pdf.page(1);
    await this.#shown?.close();
    this.#at = null;
    if (this.#ending.signal.aborted) return pdf.close().then(() => 0);
    this.#shown = new ShownDocument({
      pdf,
      what,
      first,
      scroller,
      thumbnails: this.#frame.thumbnails,
      changed: () => this.#report(),
      pagesViewed,
      broken,
      placePressed: () => this.#frame.model?.openPad(),
    });
    this.#label();
    await this.#place();
    await this.#shown.paintFirst();
    this.#report();
    return pdf.pages;
  }

  /** Shows where the document is signed. */
  async showSignature(): Promise<void> {
    await this.#shown?.showSignature();
    void this.#shown?.complete();
  }

  /** Goes through every page; false with the page's number where one cannot be drawn whole. */
  async *check(): AsyncGenerator<{ page: number; whole: boolean }> {
    const shown = this.#shown;
    if (!shown) return;
    yield* shown.check();
    void shown.complete();
  }

  /** Words may come after the pages do. */
  update(model: ReadingModel): void {
    const before = this.#frame.model;
    this.#frame.update(model);
    if (model.messages !== before?.messages) this.#label();
    if (!before) this.#nameMarks();
    this.#shown?.sketch(model.sketches);
    // Once, so that what is drawn is seen where it will be; from then on, readers go where they like.
    if (model.isSigning && !before?.isSigning && this.#shown?.what === 'agreement') this.#shown.goToSignature();
    this.#shown?.reflow.update(model);
    const { policy } = model.session.request ?? {};
    if (policy?.readAllPages && model.viewed !== before?.viewed) this.#shown?.pointAtUnread(model.viewed);
  }

  /** Marks the signatory's places as soon as they are known: they have to stay in view, however pages are laid out. */
  expect(request: SigningRequestView): void {
    this.#request = request;
    void this.#place();
  }

  /** Shows an autograph while it is made, where it will be. */
  sketch(sketches: Sketches): void {
    if (this.#shown?.what === 'agreement') this.#shown.sketch(sketches);
  }

  /** Brings the place of the signature into the window. */
  bringSignature(): void {
    this.#shown?.bringSignature();
  }

  /** Where the signatory reads, or has read last where nothing is laid out any more; null while there are no pages. */
  get at(): Place | null {
    if (!this.#shown) return null;
    const { layout, name, viewed } = this.#shown;
    if (this.#options.scroller.clientWidth > 0)
      this.#at = { ...layout.anchorAt(corner), zoom: layout.zoom, document: name, viewed };
    return this.#at;
  }

  /** Back to where somebody was, the host's page staying where it is; false while there are no pages. */
  goBack(place: Place): boolean {
    if (!this.#shown || place.page > this.#shown.pages) return false;
    const { layout, name } = this.#shown;
    if (place.document === name) this.#shown.recall(place.viewed);
    if (place.zoom === 1) layout.layOut(place, corner);
    else layout.enlarge(place.zoom, place, corner);
    this.#shown.laidOut();
    return true;
  }

  async destroy(): Promise<void> {
    this.#ending.abort();
    await this.#shown?.close();
    this.#shown = null;
  }

  readonly #actions = {
    zoom: (to: Parameters<ShownDocument['zoom']>[0]) => this.#shown?.zoom(to),
    goTo: (page: number) => this.#shown?.goTo(page),
    goToSignature: () => this.#shown?.bringNextPlace(),
    toggleThumbnails: () => {
      this.#wantsThumbnails = !this.#hasThumbnails;
      this.#report();
    },
    toggleSearch: () => {
      const search = this.#shown?.search;
      if (search?.state.isOpen) search.close();
      else search?.open();
    },
    toggleText: () => {
      const { model } = this.#frame;
      if (model) this.#shown?.reflow.toggle(model, this.#shown.layout.pageInView);
    },
    find: (wish: string) => void this.#shown?.search.find(wish),
    step: (by: 1 | -1) => this.#shown?.search.step(by),
  };

  get #hasThumbnails(): boolean {
    return this.#wantsThumbnails ?? (this.#shown?.pages ?? 0) > fewPages;
  }

  #label(): void {
    const { messages } = this.#frame.model ?? {};
    const { views = [] } = this.#shown ?? {};
    if (messages) for (const view of views) view.label(messages.pageOf(view.number, views.length));
    this.#nameMarks();
    this.#report();
  }

  async #place(): Promise<void> {
    const shown = this.#shown;
    if (shown?.what !== 'agreement' || !this.#request) return;
    await shown.markPlaces(this.#request.places);
    this.#nameMarks();
    const { sketches } = this.#frame.model ?? {};
    if (sketches) shown.sketch(sketches);
  }

  #nameMarks(): void {
    const { reading } = this.#frame.model?.messages ?? {};
    if (!reading) return;
    this.#shown?.label({
      signature: { empty: reading.signatureGoesHere, inked: reading.preview },
      initials: { empty: reading.initials, inked: '' },
    });
  }

  #report(): void {
    const shown = this.#shown;
    if (!shown) return;
    const { layout, search, reflow, pages, marks } = shown;
    const { pageInView: page, percent, fits } = layout;
    this.#frame.report({
      page,
      pages,
      percent,
      fits,
      search: search.state,
      isText: reflow.isOpen,
      places: marks.length,
      hasThumbnails: this.#hasThumbnails,
    });
    const { model } = this.#frame;
    if (model && this.#hasThumbnails) shown.thumbnails.update(model, page);
  }

  /**
   * Waits for the next frame: if the callback of a ResizeObserver changes sizes itself, browsers report an error on the
   * host's page.
   */
  #followSize(signal: AbortSignal): void {
    const resized = new ResizeObserver(() => requestAnimationFrame(() => this.#resize()));
    resized.observe(this.#options.scroller);
    signal.addEventListener('abort', () => resized.disconnect(), { once: true });
    observeDensity(() => this.#shown?.laidOut(), signal);
  }

  #resize(): void {
    this.#shown?.layout.layOut();
    this.#shown?.laidOut();
  }
}

function adopt(root: ShadowRoot): void {
  if (!root.adoptedStyleSheets.includes(pagesSheet)) root.adoptedStyleSheets.push(pagesSheet);
}
