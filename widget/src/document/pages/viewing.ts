import type { PageView } from './page-view.ts';
import { ViewedPages, type InView } from './viewed-pages.ts';

const lookEvery = 400;

// Kept by the scrolling box, as that stays the same when the element is taken out of the page and put back.
const viewedIn = new WeakMap<HTMLElement, Map<string, ViewedPages>>();

/** What has been viewed of a document in this box before. */
export function viewedOf(scroller: HTMLElement, document: string, pages: number): ViewedPages {
  const documents = viewedIn.get(scroller) ?? new Map<string, ViewedPages>();
  const viewed = documents.get(document) ?? new ViewedPages(pages);
  viewedIn.set(scroller, documents.set(document, viewed));
  return viewed;
}

export interface ViewingOptions {
  scroller: HTMLElement;
  views: PageView[];
  viewed: ViewedPages;
  /** Whether the pages are large enough to be read. */
  isLegible: () => boolean;
  changed: (viewed: number[]) => void;
  signal: AbortSignal;
}

/** Looks now and then which painted pages the reader has before them, until all have been viewed. */
export function watchViewing({ scroller, views, viewed, isLegible, changed, signal }: ViewingOptions): void {
  let isInWindow = false;
  // The pane itself may be scrolled out of the window, or of a box of the host's.
  const observer = new IntersectionObserver(([entry]) => (isInWindow = entry!.isIntersecting));
  observer.observe(scroller);
  const timer = setInterval(() => {
    if (!isInWindow || document.visibilityState === 'hidden' || !isLegible()) return;
    if (viewed.look(partsInView(scroller, views))) changed(viewed.viewed);
    if (viewed.isComplete) stop();
  }, lookEvery);
  const stop = () => {
    clearInterval(timer);
    observer.disconnect();
  };
  signal.addEventListener('abort', stop, { once: true });
}

function partsInView(scroller: HTMLElement, views: PageView[]): InView[] {
  const pane = scroller.getBoundingClientRect();
  const [top, bottom] = [Math.max(pane.top, 0), Math.min(pane.bottom, innerHeight)];
  const parts: InView[] = [];
  for (const { element, number, isPainted } of views) {
    if (!isPainted) continue;
    const page = element.getBoundingClientRect();
    const from = Math.max(0, (top - page.top) / page.height);
    const to = Math.min(1, (bottom - page.top) / page.height);
    if (to > from) parts.push({ page: number, from, to });
  }
  return parts;
}
