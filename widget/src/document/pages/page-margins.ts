import type { Size } from './zoom.ts';

/** What is blank at each side of a page, in points as it is shown. */
export interface Margins {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

/** A page as it is shown among others: one that is wider than they usually are is shown smaller. */
export interface ShownSize extends Size {
  shrink: number;
}

/** Points that stay blank around what is printed. */
const rim = { across: 4, along: 14 };
/** As shares of the page: printed margins are hardly wider, and a page with a single line on it is still a page. */
const most = { across: 0.17, along: 0.12 };

/** The margins that all pages known so far have in common: nothing that is printed is ever left out. */
export class PageMargins {
  readonly #known = new Set<number>();
  readonly #learned: (Margins & { page: number })[] = [];

  knows(page: number): boolean {
    return this.#known.has(page);
  }

  /** What of a page is blank. */
  learn(page: number, margins: Margins): void {
    this.#known.add(page);
    this.keep(page, margins);
  }

  /** What surrounds something that has to stay in view, printed or not. */
  keep(page: number, margins: Margins): void {
    this.#learned.push({ page, ...margins });
  }

  /** What can be left out of each of these pages, in points of the usual size; null where nothing is known yet. */
  of(pages: readonly ShownSize[]): Margins | null {
    if (this.#known.size === 0) return null;
    const least = (side: keyof Margins) =>
      Math.min(...this.#learned.map(({ page, [side]: blank }) => blank * pages[page - 1]!.shrink));
    const across = Math.min(...pages.map(({ width, shrink }) => width * shrink)) * most.across;
    const along = Math.min(...pages.map(({ height, shrink }) => height * shrink)) * most.along;
    const cut = (side: keyof Margins, edge: number, limit: number) => Math.min(Math.max(0, least(side) - edge), limit);
    return {
      top: cut('top', rim.along, along),
      right: cut('right', rim.across, across),
      bottom: cut('bottom', rim.along, along),
      left: cut('left', rim.across, across),
    };
  }
}
