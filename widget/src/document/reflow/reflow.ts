import type { ReadingModel } from '../reading-model.ts';
import { paragraphsOf, type Paragraph, type PlacedText } from './paragraphs.ts';
import { reflowView } from './reflow-view.ts';

export interface ReflowOptions {
  /** Where the pages scroll; the text is laid over it. */
  scroller: HTMLElement;
  pages: number;
  textOf: (page: number) => Promise<PlacedText[]>;
  /** Shows the page that a part of the text is from. */
  goTo: (page: number) => void;
  /** Opened or closed. */
  changed: () => void;
  signal: AbortSignal;
}

/** Reads a document as text, over its pages, which stay where they are. */
export class Reflow {
  readonly #options: ReflowOptions;
  readonly #place = document.createElement('div');
  readonly #pages: (Paragraph[] | null)[];
  #model: ReadingModel | null = null;
  #isAsked = false;

  constructor(options: ReflowOptions) {
    this.#options = options;
    this.#pages = Array.from({ length: options.pages }, () => null);
    const place = this.#place;
    place.className = 'reflow';
    place.tabIndex = 0;
    place.setAttribute('role', 'region');
    place.hidden = true;
    options.scroller.after(place);
    options.signal.addEventListener('abort', () => this.#end(), { once: true });
  }

  get isOpen(): boolean {
    return !this.#place.hidden;
  }

  /** Opens the text at a page, or closes it. */
  toggle(model: ReadingModel, page: number): void {
    if (this.isOpen) return this.close();
    this.#place.hidden = false;
    this.#options.scroller.inert = true;
    this.update(model);
    this.#showPage(page);
    this.#place.focus({ preventScroll: true });
    if (!this.#isAsked) this.#read().catch(reportError);
    this.#options.changed();
  }

  update(model: ReadingModel): void {
    this.#model = model;
    if (!this.isOpen) return;
    this.#place.ariaLabel = model.messages.reading.asText;
    const showPage = (page: number) => {
      this.close();
      this.#options.goTo(page);
    };
    model.view.render(reflowView(model, this.#pages, { showPage }), this.#place);
  }

  close(): void {
    if (!this.isOpen) return;
    this.#place.hidden = true;
    this.#options.scroller.inert = false;
    this.#options.changed();
  }

  /** Within its own box, so that the host's page stays; before the first page, what this text is for is read. */
  #showPage(page: number): void {
    const place = this.#place;
    const section = place.querySelectorAll('section')[page - 1];
    if (page === 1 || !section) place.scrollTop = 0;
    else place.scrollTop += section.getBoundingClientRect().top - place.getBoundingClientRect().top;
  }

  /** Page by page, as far as the text is still looked at. */
  async #read(): Promise<void> {
    this.#isAsked = true;
    const { textOf, signal } = this.#options;
    for (let page = 1; page <= this.#pages.length && !signal.aborted; page += 1) {
      this.#pages[page - 1] = paragraphsOf(await textOf(page).catch(() => []));
      if (this.#model && !signal.aborted) this.update(this.#model);
    }
  }

  #end(): void {
    this.#options.scroller.inert = false;
    this.#place.remove();
  }
}
