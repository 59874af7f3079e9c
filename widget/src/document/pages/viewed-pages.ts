/** What of a page is in view, in parts of its height. */
export interface InView {
  page: number;
  from: number;
  to: number;
}

const bands = 6;
const ticksToRead = 2;

/**
 * Which pages have been viewed: every sixth of a page has to be in view at two looks, whether at once or
 * while the reader goes down the page.
 */
export class ViewedPages {
  readonly #pages: number;
  readonly #ticks = new Map<number, number[]>();
  readonly #viewed = new Set<number>();

  constructor(pages: number) {
    this.#pages = pages;
  }

  /** In order. */
  get viewed(): number[] {
    return [...this.#viewed].sort((one, other) => one - other);
  }

  get isComplete(): boolean {
    return this.#viewed.size === this.#pages;
  }

  /** Takes over what was viewed before, in an earlier visit. */
  recall(pages: number[]): void {
    for (const page of pages) if (page <= this.#pages) this.#viewed.add(page);
  }

  /** Counts what is in view at this moment as one look; true where that completed a page. */
  look(inView: InView[]): boolean {
    const before = this.#viewed.size;
    for (const one of inView) this.#note(one);
    return this.#viewed.size > before;
  }

  #note({ page, from, to }: InView): void {
    if (this.#viewed.has(page)) return;
    const ticks = this.#ticks.get(page) ?? Array.from({ length: bands }, () => 0);
    this.#ticks.set(page, ticks);
    for (const band of ticks.keys()) {
      const middle = (band + 0.5) / bands;
      if (from <= middle && middle <= to) ticks[band]! += 1;
    }
    if (!ticks.every((seen) => seen >= ticksToRead)) return;
    this.#viewed.add(page);
    this.#ticks.delete(page);
  }
}
