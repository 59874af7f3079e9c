import { overlap, transformBox, viewOf, visibleBox, type Box } from '@tu-esign/verifier/pdf/geometry.ts';
import { Fault } from '@tu-esign/verifier/pdf/fault.ts';
import { Unsure } from '@tu-esign/verifier/page/content-budget.ts';
import { occupiedBoxes } from './occupied.ts';
import type { Page } from '@tu-esign/verifier/pdf/page-tree.ts';

export interface Size {
  width: number;
  height: number;
}

/** Points between the page's edge and the signature, and between the signature and what is drawn. */
const edge = 36;
const gap = 6;
const step = 6;

/** What is drawn on a page, in points as shown; undefined where it cannot be told. */
export const drawnOn = (page: Page): Box[] | undefined => {
  try {
    const { toView } = viewOf(page);
    return occupiedBoxes(page, visibleBox(page)).map((box) => transformBox(toView, box));
  } catch (error) {
    if (error instanceof Unsure || error instanceof Fault) return undefined;
    throw error;
  }
};

/** Where text on the page starts, so that the signature stands in line with it. */
const textMargin = (drawn: Box[], width: number): number => {
  const starts = drawn.map(({ left }) => left).filter((left) => left >= edge && left < width / 3);
  return starts.length ? Math.min(...starts) : edge * 1.5;
};

const spotsInRow = (left: number, view: Size, size: Size): number[] => {
  const last = view.width - edge - size.width;
  return [left, last, (view.width - size.width) / 2, edge].filter((x) => x >= edge && x <= last);
};

/** The lowest spot of this size in the lower half of a page where nothing is drawn; in points as shown. */
export const findFreeSpot = (page: Page, size: Size): Box | undefined => {
  const drawn = drawnOn(page);
  if (!drawn) return undefined;
  const view = viewOf(page);
  const columns = spotsInRow(textMargin(drawn, view.width), view, size);
  const highest = Math.min(view.height / 2, view.height - edge - size.height);
  for (let bottom = edge; bottom <= highest; bottom += step) {
    for (const left of columns) {
      const spot = { left, bottom, right: left + size.width, top: bottom + size.height };
      const around = { left: left - gap, bottom: bottom - gap, right: spot.right + gap, top: spot.top + gap };
      if (!drawn.some((box) => overlap(box, around))) return spot;
    }
  }
  return undefined;
};
