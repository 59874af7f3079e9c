import type { InitialsCorner } from '@tu-esign/contract';
import { overlap, viewOf, type Box } from '@tu-esign/verifier/pdf/geometry.ts';
import type { Page } from '@tu-esign/verifier/pdf/page-tree.ts';
import type { Size } from './free-spot.ts';

/** Points from the page's edges, and between two. */
const inset = 18;
const gap = 4;

/** So far from the corner a place is looked for where nothing is drawn: the margin, and a little more. */
const mostRows = 4;

/** From the corner inwards, row by row. */
function* candidates(view: Size, corner: InitialsCorner, { width, height }: Size): Generator<Box> {
  const [isTop, isRight] = [corner.startsWith('top'), corner.endsWith('right')];
  const columns = Math.max(1, Math.floor((view.width - 2 * inset + gap) / (width + gap)));
  for (let row = 0; row < mostRows; row += 1)
    for (let column = 0; column < columns; column += 1) {
      const [across, up] = [inset + column * (width + gap), inset + row * (height + gap)];
      const left = isRight ? view.width - across - width : across;
      const bottom = isTop ? view.height - up - height : up;
      yield { left, bottom, right: left + width, top: bottom + height };
    }
}

interface Taken {
  /** By others of the same kind. */
  places: readonly Box[];
  /** By what the page shows; nothing where that cannot be told. */
  drawn: readonly Box[];
}

const isIn = ({ width, height }: Size, { left, bottom, right, top }: Box): boolean =>
  left >= 0 && bottom >= 0 && right <= width && top <= height;

const isFree = (box: Box, others: readonly Box[]): boolean => !others.some((other) => overlap(other, box));

/** A place at the margin by a corner, where nothing is; where there is none, one that lies over no other's. */
export const findMarginSpot = (
  page: Page,
  { corner, size, taken }: { corner: InitialsCorner; size: Size; taken: Taken },
): Box | undefined => {
  const view = viewOf(page);
  const open = [...candidates(view, corner, size)].filter((box) => isIn(view, box) && isFree(box, taken.places));
  return open.find((box) => isFree(box, taken.drawn)) ?? open[0];
};
