import type { PageView } from './page-view.ts';
import type { Hit, Search } from '../reading/search.ts';

/** Marks what was found on a page whose text is laid; in parts of the page, so that the marks grow with it. */
export function markHits(view: PageView, search: Search): void {
  view.element.querySelector('.hits')?.remove();
  const hits = view.textPieces.length > 0 ? search.hitsOn(view.number) : [];
  if (hits.length === 0) return;
  const marks = document.createElement('div');
  marks.className = 'hits';
  marks.setAttribute('aria-hidden', 'true');
  for (const hit of hits) marks.append(...marksOf(view, hit, hit === search.current));
  view.element.append(marks);
}

/** Where on its page the hit that is shown stands, in parts of the page's size; null where it is not marked yet. */
export function placeOfMark({ element }: PageView): { x: number; y: number } | null {
  const mark = element.querySelector<HTMLElement>('.hits .now');
  return mark && { x: mark.offsetLeft / element.offsetWidth, y: mark.offsetTop / element.offsetHeight };
}

function marksOf(view: PageView, hit: Hit, isCurrent: boolean): HTMLElement[] {
  const page = view.element.getBoundingClientRect();
  return boxesOf(view.textPieces, hit).map((box) => {
    const mark = document.createElement('i');
    mark.className = isCurrent ? 'now' : '';
    mark.style.left = percent(box.left - page.left, page.width);
    mark.style.top = percent(box.top - page.top, page.height);
    mark.style.width = percent(box.width, page.width);
    mark.style.height = percent(box.height, page.height);
    return mark;
  });
}

/** A box for each piece that the hit goes through. */
function boxesOf(pieces: HTMLElement[], { from, to }: Hit): DOMRect[] {
  const boxes: DOMRect[] = [];
  for (let piece = from.piece; piece <= to.piece; piece += 1) {
    const text = pieces[piece]?.firstChild;
    if (!(text instanceof Text) || !text.isConnected) continue;
    const range = document.createRange();
    range.setStart(text, piece === from.piece ? from.at : 0);
    range.setEnd(text, piece === to.piece ? Math.min(to.at + 1, text.length) : text.length);
    boxes.push(range.getBoundingClientRect());
  }
  return boxes.filter(({ width }) => width > 0);
}

const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(3)}%`;
