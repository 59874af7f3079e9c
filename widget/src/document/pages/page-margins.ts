import type { Size } from './zoom.ts';

/** What is blank at each side of a page, in points as it is shown. */
export interface Margins {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

/** Points that stay blank around what is printed. */
const rim = { across: 4, along: 14 };
/** As shares of the page: printed margins are hardly wider, and a page with a single line on it is still a page. */
const most = { across: 0.17, along: 0.12 };

/** The margins that all pages known so far have in common: nothing that is printed is ever left out. */
export class PageMargins {
  readonly #known = new Set<number>();
  #common: Margins | null = null;

  knows(page: number): boolean {
    return this.#known.has(page);
  }

  /**
   * True where that changes what they have in common.
   * @param page null for what has to stay in view on some page, printed or not
   */
  learn(page: number | null, margins: Margins): boolean {
    if (page !== null) this.#known.add(page);
    const before = this.#common;
    const least = (side: keyof Margins) => Math.min(before?.[side] ?? Infinity, margins[side]);
    this.#common = { top: least('top'), right: least('right'), bottom: least('bottom'), left: least('left') };
    return JSON.stringify(this.#common) !== JSON.stringify(before);
  }

  /** What can be left out of pages of this size; null where that is nothing, or not known yet. */
  of({ width, height }: Size): Margins | null {
    if (!this.#common || this.#known.size === 0) return null;
    const { top, right, bottom, left } = this.#common;
    const across = (blank: number) => Math.min(Math.max(0, blank - rim.across), width * most.across);
    const along = (blank: number) => Math.min(Math.max(0, blank - rim.along), height * most.along);
    return { top: along(top), right: across(right), bottom: along(bottom), left: across(left) };
  }
}
