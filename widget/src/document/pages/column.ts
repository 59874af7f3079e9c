import type { PageView } from './page-view.ts';

/** From its left edge to its right one, in parts of the page's width. */
export interface Column {
  left: number;
  right: number;
}

interface Spot {
  x: number;
  y: number;
}

/** How far down from the spot lines belong to what is read there, in parts of the page's height. */
const reach = 0.12;
/** A column that is hardly narrower than the pane is enlarged by so much all the same: it is to be read. */
const least = 1.9;

/**
 * The column of text at a spot of a page, both in parts of the page's size: of the lines near by, those that lie above
 * one another. Where there is none, or it is as wide as what is shown, a part of that around the spot.
 */
export function columnAt(view: PageView, spot: Spot, zoom: number): Column {
  const page = view.element.getBoundingClientRect();
  const shown = view.element.parentElement!.parentElement!.clientWidth / page.width;
  const lines = view.textPieces.map((piece) => toParts(piece.getBoundingClientRect(), page));
  const near = lines.filter(({ left, right, y }) => right > left && Math.abs(y - spot.y) < reach);
  const column = growFrom(near, spot.x);
  const widest = shown / (least / zoom);
  if (column && column.right - column.left <= widest) return column;
  const left = Math.min(Math.max(spot.x - widest / 2, column?.left ?? 0), (column?.right ?? 1) - widest);
  return { left, right: left + widest };
}

const toParts = (box: DOMRect, page: DOMRect) => ({
  left: (box.left - page.left) / page.width,
  right: (box.right - page.left) / page.width,
  y: (box.top + box.height / 2 - page.top) / page.height,
});

/** What lies at the spot, and all that overlaps with it. */
function growFrom(lines: Column[], x: number): Column | null {
  const first = lines.find(({ left, right }) => left <= x && x <= right);
  if (!first) return null;
  const column = { left: first.left, right: first.right };
  for (let grown = true; grown;) {
    grown = false;
    for (const { left, right } of lines) {
      const overlaps = left < column.right && right > column.left;
      if (!overlaps || (left >= column.left && right <= column.right)) continue;
      Object.assign(column, { left: Math.min(left, column.left), right: Math.max(right, column.right) });
      grown = true;
    }
  }
  return column;
}
