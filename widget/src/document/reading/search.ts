import { findText, foldText, type FoldedText, type TextMatch, type TextPiece } from './find-text.ts';

export interface Hit extends TextMatch {
  page: number;
}

export interface SearchState {
  isOpen: boolean;
  wish: string;
  hits: number;
  /** Which hit is shown, from 1; 0 for none. */
  current: number;
  /** Pages are still being looked through. */
  isLooking: boolean;
  /** No page has any text: it is a picture. */
  isBlank: boolean;
}

export interface SearchOptions {
  pages: number;
  textOf: (page: number) => Promise<TextPiece[]>;
  /** The page at which the search begins. */
  pageInView: () => number;
  changed: () => void;
  reveal: (hit: Hit) => void;
}

/** Searches one document; the text of each page is read once. */
export class Search {
  readonly #options: SearchOptions;
  readonly #texts = new Map<number, FoldedText>();
  #hits: Hit[] = [];
  #current = -1;
  #isOpen = false;
  #isLooking = false;
  #wish = '';

  constructor(options: SearchOptions) {
    this.#options = options;
  }

  get state(): SearchState {
    return {
      isOpen: this.#isOpen,
      wish: this.#wish,
      hits: this.#hits.length,
      current: this.#current + 1,
      isLooking: this.#isLooking,
      isBlank: this.#texts.size === this.#options.pages && [...this.#texts.values()].every(({ text }) => text === ''),
    };
  }

  get current(): Hit | undefined {
    return this.#hits[this.#current];
  }

  hitsOn(page: number): Hit[] {
    return this.#isOpen ? this.#hits.filter((hit) => hit.page === page) : [];
  }

  open(): void {
    this.#isOpen = true;
    this.#options.changed();
  }

  close(): void {
    this.#isOpen = false;
    this.#options.changed();
  }

  /** Looks through every page, and shows the first hit from the page in view on. */
  async find(wish: string): Promise<void> {
    this.#wish = wish;
    this.#hits = [];
    this.#current = -1;
    this.#isLooking = wish.trim() !== '';
    this.#options.changed();
    const start = this.#options.pageInView();
    for (let page = 1; this.#isLooking && page <= this.#options.pages; page += 1) {
      const text = await this.#textOf(page);
      if (this.#wish !== wish) return;
      this.#hits.push(...findText(text, wish).map(({ from, to }) => ({ page, from, to })));
      if (this.#current < 0 && page >= start && this.#hits.at(-1)?.page === page) this.#show(this.#indexFrom(start));
    }
    this.#isLooking = false;
    if (this.#current < 0 && this.#hits.length > 0) this.#show(0);
    this.#options.changed();
  }

  /** The next hit or the one before, round and round. */
  step(by: 1 | -1): void {
    const { length } = this.#hits;
    if (length > 0) this.#show((this.#current + by + length) % length);
  }

  #indexFrom(page: number): number {
    return this.#hits.findIndex((hit) => hit.page >= page);
  }

  #show(index: number): void {
    this.#current = index;
    this.#options.changed();
    this.#options.reveal(this.#hits[index]!);
  }

  async #textOf(page: number): Promise<FoldedText> {
    const known = this.#texts.get(page);
    if (known) return known;
    // On a page that cannot be read nothing is found; checking the document reports it.
    const text = foldText(await this.#options.textOf(page).catch(() => []));
    this.#texts.set(page, text);
    return text;
  }
}
