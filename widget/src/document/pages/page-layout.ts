import type { PageView } from './page-view.ts';
import { limitZoom, nextZoom, percentOf, usualWidth, type Size, type Zoom } from './zoom.ts';

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
    const width = this.#list.clientWidth;
    if (width === 0) return;
    const fit = width / usualWidth(this.#sizes);
    if (this.#fits) this.#zoom = this.#fits === 'width' ? 1 : this.#zoomOfPage(anchor.page, fit);
    this.#scale = fit * this.#zoom;
    this.#list.style.setProperty('--_scale', String(this.#scale));
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
    const index = this.#views.findIndex(({ element }) => element.offsetTop + element.offsetHeight >= line);
    return index < 0 ? this.#views.length : index + 1;
  }

  /** Brings the top of a page to the top of the pane. */
  goTo(page: number): void {
    const { offsetTop } = this.#views[page - 1]!.element;
    this.#scroller.scrollTop = offsetTop - this.#list.offsetTop;
  }

  /** Scrolls until a spot of a page, in parts of its size, is easily seen; not at all where it is in view already. */
  reveal(anchor: Anchor): void {
    const { offsetLeft, offsetTop, offsetWidth, offsetHeight } = this.#views[anchor.page - 1]!.element;
    const { scrollLeft, scrollTop, clientWidth, clientHeight } = this.#scroller;
    const [x, y] = [offsetLeft + anchor.x * offsetWidth - scrollLeft, offsetTop + anchor.y * offsetHeight - scrollTop];
    const isSeen = x > 0 && x < clientWidth * 0.9 && y > clientHeight * 0.1 && y < clientHeight * 0.9;
    if (isSeen) return;
    this.#scroller.scrollTop += y - clientHeight / 3;
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

  #share(): void {
    for (const [index, view] of this.#views.entries()) view.size(this.#sizes[index]!, this.#shrink(index + 1));
  }
}
