import type { PageView } from './page-view.ts';

/** Tells which pages are in the pane, or so near that they will be. */
export class NearPages {
  readonly #views: PageView[];
  readonly #observer: IntersectionObserver;
  readonly #near = new Set<PageView>();

  constructor(scroller: HTMLElement, views: PageView[], changed: () => void) {
    this.#views = views;
    const notice = (entries: IntersectionObserverEntry[]) => {
      for (const entry of entries) this.#notice(entry);
      changed();
    };
    this.#observer = new IntersectionObserver(notice, { root: scroller, rootMargin: '75% 0px' });
  }

  begin(): void {
    for (const { element } of this.#views) this.#observer.observe(element);
  }

  has(view: PageView): boolean {
    return this.#near.has(view);
  }

  [Symbol.iterator](): Iterator<PageView> {
    return this.#near.values();
  }

  end(): void {
    this.#observer.disconnect();
    this.#near.clear();
  }

  #notice({ target, isIntersecting }: IntersectionObserverEntry): void {
    const view = this.#views[Number((target as HTMLElement).dataset.page) - 1]!;
    if (isIntersecting) this.#near.add(view);
    else if (this.#near.delete(view)) view.clear();
  }
}
