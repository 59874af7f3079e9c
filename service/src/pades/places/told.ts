import type { Place as ToldPlace } from '@tu-esign/contract';
import { inkOfInitials, inkOfStamp } from '#appearance/stamp.ts';
import type { Box } from '@tu-esign/verifier/pdf/geometry.ts';
import type { Page } from '@tu-esign/verifier/pdf/page-tree.ts';
import type { Place } from './choose-place.ts';

const inkOf = { signature: inkOfStamp, initials: inkOfInitials };

/** Points are told to a thousandth, which nobody sees. */
const rounded = (value: number): number => Number(value.toFixed(3));

/** A place as others are told of it, with the part of it that ink is drawn in. */
export const tell = (kind: ToldPlace['kind'], page: number, { left, bottom, right, top }: Box): ToldPlace => {
  const size = { width: right - left, height: top - bottom };
  const ink = inkOf[kind](size);
  return {
    kind,
    page,
    x: rounded(left),
    y: rounded(bottom),
    width: rounded(size.width),
    height: rounded(size.height),
    ink: {
      x: rounded(left + ink.x),
      y: rounded(bottom + ink.y),
      width: rounded(ink.width),
      height: rounded(ink.height),
    },
  };
};

/** Where a signature is seen; null where it is not. */
export const tellSignature = (place: Place, pages: readonly Page[]): ToldPlace | null => {
  if (!place.box) return null;
  const page = 'page' in place ? pages.indexOf(place.page) + 1 : pages.length + 1;
  return tell('signature', page, place.box);
};
