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

/** A piece of text, where it is on the page. */
interface Piece extends Column {
  /** Of its middle, and its height, in parts of the page's height. */
  y: number;
  height: number;
  /** Its height in parts of the page's width. */
  em: number;
}

/** How far down from the spot lines belong to what is read there, in parts of the page's height. */
const reach = 0.12;
/** A column that is hardly narrower than the pane is enlarged by so much all the same: it is to be read. */
const least = 1.9;
/** Spaces between words are narrower, in heights of their line: what is wider may lie between columns. */
const wordSpace = 1.2;
/** So many rows have a gap at one place where there are columns: one or two may be spaced out by chance. */
const rowsOfGutter = 3;
/** What is narrower is a cell of a table, which is read with its row: in parts of the page's width. */
const narrowest = 0.2;

/**
 * The column of text at a spot of a page, both in parts of the page's size: of the lines near by, those that lie above
 * one another, without titles that go over several columns. Where there is none, or it is as wide as what is shown, a
 * part of that around the spot.
 */
export function columnAt(view: PageView, spot: Spot, zoom: number): Column {
  const page = view.element.getBoundingClientRect();
  const shown = view.element.parentElement!.parentElement!.clientWidth / page.width;
  const pieces = view.textPieces.map((piece) => toParts(piece.getBoundingClientRect(), page));
  const near = pieces.filter(({ left, right, y }) => right > left && Math.abs(y - spot.y) < reach);
  const column = growFrom(near, spot);
  const widest = shown / (least / zoom);
  if (column && column.right - column.left <= widest) return column;
  const left = Math.min(Math.max(spot.x - widest / 2, column?.left ?? 0), (column?.right ?? 1) - widest);
  return { left, right: left + widest };
}

const toParts = (box: DOMRect, page: DOMRect): Piece => ({
  left: (box.left - page.left) / page.width,
  right: (box.right - page.left) / page.width,
  y: (box.top + box.height / 2 - page.top) / page.height,
  height: box.height / page.height,
  em: box.height / page.width,
});

/** What lies at the spot, and all that overlaps with it; what goes over several columns only where that is pressed. */
function growFrom(near: Piece[], { x, y }: Spot): Column | null {
  const at = near.filter(({ left, right }) => left <= x && x <= right);
  const first = at.sort((one, other) => Math.abs(one.y - y) - Math.abs(other.y - y))[0];
  if (!first) return null;
  const gutters = guttersOf(near);
  const within = near.filter((piece) => !isAcross(piece, gutters));
  const column = grow(first, within.includes(first) ? within : near);
  return column.right - column.left < narrowest ? grow(first, near) : column;
}

function grow({ left, right }: Column, lines: Column[]): Column {
  const wider = lines.filter((line) => line.left < right && line.right > left);
  const grown = {
    left: Math.min(left, ...wider.map((line) => line.left)),
    right: Math.max(right, ...wider.map((line) => line.right)),
  };
  return grown.left < left || grown.right > right ? grow(grown, lines) : grown;
}

const isAcross = ({ left, right }: Column, gutters: number[]): boolean => gutters.some((x) => left < x && x < right);

/** Where several rows have a gap that no space between words explains. */
function guttersOf(near: Piece[]): number[] {
  const gaps = rowsOf(near).flatMap(gapsOf);
  const middles = gaps.map(({ left, right }) => (left + right) / 2);
  return middles.filter((x) => gaps.filter(({ left, right }) => left < x && x < right).length >= rowsOfGutter);
}

/** From top to bottom, and each from left to right. */
function rowsOf(near: Piece[]): Piece[][] {
  const rows: Piece[][] = [];
  for (const piece of near.toSorted((one, other) => one.y - other.y)) {
    const row = rows.at(-1);
    if (row && piece.y - row[0]!.y < piece.height / 2) row.push(piece);
    else rows.push([piece]);
  }
  return rows.map((row) => row.sort((one, other) => one.left - other.left));
}

const gapsOf = (row: Piece[]): Column[] =>
  row.slice(1).flatMap(({ left, em }, index) => {
    const { right } = row[index]!;
    return left - right > wordSpace * em ? [{ left: right, right: left }] : [];
  });
