import type { PageView } from './page-view.ts';
import { PageMargins, type Margins, type ShownSize } from './page-margins.ts';
import { limitZoom, nextZoom, percentOf, usualWidth, type Size, type Zoom } from './zoom.ts';

/** CSS pixels per point: the document is never larger than a fifth beyond its own size, unless somebody enlarges it. */
const largestFit = (1.2 * 96) / 72;

/** Below this scale, 82 % of the size on paper, printed margins are left out. */
const smallest = 1.1;
/** CSS pixels left beside a column. */
const beside = 10;
/** CSS pixels above a place that its label takes. */
const label = 28;
/** CSS pixels at the foot of the pane that the round corners of a sheet lie over. */
const corners = 20;
const sides = ['top', 'right', 'bottom', 'left'] as const;

/** In CSS pixels of the scroller, from its upper left corner. */
export interface Spot {
  x: number;
  y: number;
}

/** A spot of a page, in parts of its width and height, that stays where it is through a change of scale. */
export interface Anchor extends Spot {
  page: number;
}

/** How large the pages are, and which of them is where. */
export class PageLayout {
  readonly #scroller: HTMLElement;
  readonly #list: HTMLElement;
  readonly #views: PageView[];
  readonly #sizes: Size[];
  readonly #margins = new PageMargins();
  /** What can be left out of every page. */
  #common: Margins | null = null;
  #zoom = 1;
  #fits: 'width' | 'page' | null = 'width';
  #scale = 1;

  constructor(scroller: HTMLElement, views: PageView[], size: Size) {
    this.#scroller = scroller;
    this.#list = scroller.firstElementChild as HTMLElement;
    this.#views = views;
    this.#sizes = views.map(() => size);
    this.#share();
  }

  get fits(): 'width' | 'page' | null {
    return this.#fits;
  }

  get zoom(): number {
    return this.#zoom;
  }

  /** CSS pixels per point at which a page is shown. */
  scaleOf(page: number): number {
    return this.#scale * this.#shrink(page);
  }

  get percent(): number {
    return percentOf(this.scaleOf(this.pageAt(this.#middle.y)));
  }

  /** Large enough to be read: as wide as the pane, or half the size on paper. */
  get isLegible(): boolean {
    return this.#zoom > 0.99 || this.percent >= 50;
  }

  /** Whether pages are so small here that their printed margins are better left out. */
  get isNarrow(): boolean {
    return this.#room / usualWidth(this.#sizes) < smallest;
  }

  knowsMargins(page: number): boolean {
    return this.#margins.knows(page);
  }

  /** Learns what of a page is blank; true where the pages are laid out anew. */
  learnMargins(page: number, margins: Margins): boolean {
    this.#margins.learn(page, margins);
    return this.#cutAnew();
  }

  /** The same, of what has to stay in view. */
  keepMargins(page: number, margins: Margins): boolean {
    this.#margins.keep(page, margins);
    return this.#cutAnew();
  }

  sizeOf(page: number): Size {
    return this.#sizes[page - 1]!;
  }

  /** Learns a page's real size. Where another one was assumed, lays the pages out anew and returns true. */
  learn(page: number, size: Size): boolean {
    const known = this.#sizes[page - 1]!;
    if (known.width === size.width && known.height === size.height) return false;
    this.#sizes[page - 1] = size;
    const anchor = this.anchorAt({ x: 0, y: 0 });
    this.#share();
    this.layOut(anchor, { x: 0, y: 0 });
    return true;
  }

  change(to: Zoom): void {
    const spot = this.#middle;
    const anchor = this.anchorAt(spot);
    this.#fits = to === 'width' || to === 'page' ? to : null;
    if (to === 'in' || to === 'out') this.#zoom = nextZoom(this.#zoom, to);
    this.layOut(anchor, spot);
  }

  /** Shows the anchor at the spot, so many times as large as the width of the pane. */
  enlarge(zoom: number, anchor: Anchor, spot: Spot): void {
    this.#fits = null;
    this.#zoom = limitZoom(zoom);
    this.layOut(anchor, spot);
  }

  /** Sizes all pages for the pane as it is now. */
  layOut(anchor: Anchor = this.anchorAt({ x: 0, y: 0 }), spot: Spot = { x: 0, y: 0 }): void {
    if (this.#scroller.clientWidth === 0) return;
    const margins = this.#trimmed();
    this.#list.classList.toggle('trimmed', margins !== null);
    const whole = usualWidth(this.#sizes);
    const fit = Math.min(largestFit, this.#room / (margins ? whole - margins.left - margins.right : whole));
    if (this.#fits) this.#zoom = this.#fits === 'width' ? 1 : this.#zoomOfPage(anchor.page, fit);
    this.#scale = fit * this.#zoom;
    const { style } = this.#list;
    style.setProperty('--_scale', String(this.#scale));
    if (margins) for (const side of sides) style.setProperty(`--_${side}`, `${margins[side] * this.#scale}px`);
    this.#put(anchor, spot);
  }

  anchorAt({ x, y }: Spot): Anchor {
    const page = this.pageAt(y);
    const { offsetLeft, offsetTop, offsetWidth, offsetHeight } = this.#views[page - 1]!.element;
    const { scrollLeft, scrollTop } = this.#scroller;
    return { page, x: (scrollLeft + x - offsetLeft) / offsetWidth, y: (scrollTop + y - offsetTop) / offsetHeight };
  }

  /** The page that crosses a line so far down the scroller. */
  pageAt(y: number): number {
    const line = this.#scroller.scrollTop + y;
    const { bottom } = this.#cut;
    const index = this.#views.findIndex(({ element }) => element.offsetTop + element.offsetHeight - bottom >= line);
    return index < 0 ? this.#views.length : index + 1;
  }

  /** Brings the top of a page to the top of the pane. */
  goTo(page: number): void {
    const { offsetTop } = this.#views[page - 1]!.element;
    this.#scroller.scrollTop = offsetTop + this.#cut.top - this.#list.offsetTop;
  }

  /**
   * Scrolls until a spot of a page, in parts of its size, is easily seen; not at all where it is in view already.
   * Of what is so high around the spot, the upper edge is seen too, with what is written above it.
   */
  reveal(anchor: Anchor, high = 0): void {
    const { offsetLeft, offsetTop, offsetWidth, offsetHeight } = this.#views[anchor.page - 1]!.element;
    const { scrollLeft, scrollTop, clientWidth, clientHeight } = this.#scroller;
    const [x, y] = [offsetLeft + anchor.x * offsetWidth - scrollLeft, offsetTop + anchor.y * offsetHeight - scrollTop];
    const half = (high * offsetHeight) / 2;
    const [above, below] = high > 0 ? [half + label, half + corners] : [clientHeight * 0.1, clientHeight * 0.1];
    const isSeen = x > 0 && x < clientWidth * 0.9 && y > above && y < clientHeight - below;
    if (isSeen) return;
    this.#scroller.scrollTop += y - Math.max(clientHeight / 3, above);
    this.#scroller.scrollLeft += x - clientWidth / 3;
  }

  get pageInView(): number {
    return this.pageAt(this.#scroller.clientHeight / 3);
  }

  /** Where on the scroller a pointer is, however the host's page has scaled it. */
  spotOf({ clientX, clientY }: { clientX: number; clientY: number }): Spot {
    const box = this.#scroller.getBoundingClientRect();
    const scaled = box.width / this.#scroller.offsetWidth || 1;
    return { x: (clientX - box.left) / scaled, y: (clientY - box.top) / scaled };
  }

  /** Shows a column of a page, from its left edge to its right one (in parts of the width), as wide as the pane. */
  showColumn(column: { left: number; right: number }, anchor: Anchor, spot: Spot): void {
    const { offsetWidth } = this.#views[anchor.page - 1]!.element;
    const width = Math.max(1, (column.right - column.left) * offsetWidth);
    const zoom = (this.#zoom * (this.#scroller.clientWidth - 2 * beside)) / width;
    this.enlarge(zoom, { ...anchor, x: column.left }, { x: beside, y: spot.y });
  }

  get #room(): number {
    return this.#scroller.clientWidth - 2 * this.#list.offsetLeft;
  }

  #cutAnew(): boolean {
    const before = JSON.stringify(this.#common);
    this.#common = this.#margins.of(this.#shownSizes);
    if (JSON.stringify(this.#common) === before || !this.isNarrow) return false;
    this.layOut();
    return true;
  }

  #trimmed(): Margins | null {
    const isKnown = this.#views.every(({ isPainted, number }) => !isPainted || this.#margins.knows(number));
    return this.isNarrow && isKnown && this.#fits !== 'page' ? this.#common : null;
  }

  /** What is left out at the top and at the bottom of each page, in CSS pixels. */
  get #cut(): { top: number; bottom: number } {
    const margins = this.#list.classList.contains('trimmed') ? this.#common : null;
    return { top: (margins?.top ?? 0) * this.#scale, bottom: (margins?.bottom ?? 0) * this.#scale };
  }

  get #middle(): Spot {
    const { clientWidth, clientHeight } = this.#scroller;
    return { x: clientWidth / 2, y: clientHeight / 2 };
  }

  /** Brings a spot of a page to a spot of the scroller. */
  #put({ page, x, y }: Anchor, spot: Spot): void {
    const { offsetLeft, offsetTop, offsetWidth, offsetHeight } = this.#views[page - 1]!.element;
    this.#scroller.scrollTop = offsetTop + y * offsetHeight - spot.y;
    this.#scroller.scrollLeft = offsetLeft + x * offsetWidth - spot.x;
  }

  #zoomOfPage(page: number, fit: number): number {
    const { height } = this.#sizes[page - 1]!;
    const room = this.#scroller.clientHeight - 2 * this.#list.offsetTop;
    return Math.min(1, Math.max(0.1, room / (height * fit * this.#shrink(page))));
  }

  #shrink(page: number): number {
    return Math.min(1, usualWidth(this.#sizes) / this.#sizes[page - 1]!.width);
  }

  get #shownSizes(): ShownSize[] {
    const usual = usualWidth(this.#sizes);
    return this.#sizes.map((size) => ({ ...size, shrink: Math.min(1, usual / size.width) }));
  }

  #share(): void {
    const shown = this.#shownSizes;
    for (const [index, view] of this.#views.entries()) view.size(shown[index]!, shown[index]!.shrink);
    this.#common = this.#margins.of(shown);
  }
}
