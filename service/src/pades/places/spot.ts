import type { Placement } from '@tu-esign/contract';
import { Problem } from '#problem.ts';
import { createAnchors } from '#page/find-anchor.ts';
import { isUnder, lettersOn } from '@tu-esign/verifier/page/letters.ts';
import { overlap, transformBox, viewOf, type Box } from '@tu-esign/verifier/pdf/geometry.ts';
import type { Page } from '@tu-esign/verifier/pdf/page-tree.ts';

/** A place on a page, in points as shown. */
export interface Spot {
  page: Page;
  box: Box;
}

type Coordinates = Extract<Placement, { page: number }>;
type AtAnchor = Extract<Placement, { anchor: object }>;

/** All that a host asks for, whichever way it says so. */
export const listPlacements = ({
  placement,
  placements = placement ? [placement] : [],
}: {
  placement?: Placement | undefined;
  placements?: Placement[] | undefined;
}): Placement[] => placements;

/** A placement that is no field. */
export type SpotPlacement = Coordinates | AtAnchor;

interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

// Where the host's numbers were rounded.
const tolerance = 0.5;

/** Whether a place leaves its page nowhere. */
export const isInside = ({ page, box: { left, bottom, right, top } }: Spot): boolean => {
  const { width, height } = viewOf(page);
  return left >= -tolerance && bottom >= -tolerance && right <= width + tolerance && top <= height + tolerance;
};

/** @throws Problem placement-invalid where it leaves the page */
export const spotOn = (page: Page, { x, y, width, height }: Rectangle): Spot => {
  const spot = { page, box: { left: x, bottom: y, right: x + width, top: y + height } };
  if (isInside(spot)) return spot;
  const view = viewOf(page);
  throw new Problem('placement-invalid', `The page is ${view.width} by ${view.height} points`);
};

/** Pages count from 1; −1 is the last. @throws Problem placement-invalid */
export const pageAt = (pages: readonly Page[], number: number): Page => {
  const page = pages.at(number === -1 ? -1 : number - 1);
  if (!page) throw new Problem('placement-invalid', `The document has ${pages.length} pages`);
  return page;
};

/** What a placement means in a document. @throws Problem placement-invalid, anchor-not-found */
export const createSpots = (pages: readonly Page[]) => {
  const findAnchor = createAnchors(pages);

  const atAnchor = ({ anchor, dx = 0, dy = 0, width, height }: AtAnchor): Spot => {
    const found = findAnchor(anchor);
    if (!found)
      throw new Problem(
        'anchor-not-found',
        `The document does not say “${anchor.text}” ${anchor.occurrence ?? 1} times`,
      );
    return spotOn(found.page, { x: found.box.left + dx, y: found.box.bottom + dy, width, height });
  };

  return (placement: SpotPlacement): Spot =>
    'anchor' in placement ? atAnchor(placement) : spotOn(pageAt(pages, placement.page), placement);
};

/** Whether a place lies over no text; where that cannot be told, it may. */
export const isBesideText = ({ page, box }: Spot): boolean => {
  const { toView } = viewOf(page);
  return lettersOn(page)?.every((letter) => !isUnder(transformBox(toView, letter), [box])) ?? false;
};

/**
 * Who has signed has seen the text: whatever is drawn over it later is something else to them, and is told as such.
 * Where nobody has signed yet, that is up to the host.
 * @throws Problem placement-invalid
 */
export const besideText = <Place extends Spot>(place: Place): Place => {
  if (isBesideText(place)) return place;
  throw new Problem(
    'placement-invalid',
    'The place lies over text of a document that others have signed by then, or that cannot be told',
  );
};

/** What one signatory is shown in, nobody else covers. @throws Problem placement-invalid */
export const besideOthers = <Place extends Spot>(place: Place, others: readonly Spot[]): Place => {
  if (others.some(({ page, box }) => page === place.page && overlap(box, place.box)))
    throw new Problem('placement-invalid', 'The place lies over that of another signatory');
  return place;
};
