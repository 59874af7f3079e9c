import type { Initials } from '@tu-esign/contract';
import { Problem } from '#problem.ts';
import { drawnOn } from '#page/free-spot.ts';
import { findMarginSpot } from '#page/margin-spot.ts';
import { overlap, type Box } from '@tu-esign/verifier/pdf/geometry.ts';
import type { Page } from '@tu-esign/verifier/pdf/page-tree.ts';
import { isInside, pageAt, spotOn, type Spot } from './spot.ts';

/** Points. */
const size = { width: 56, height: 28 };
const gap = 4;

/** What a page shows is looked at on so many: on more, initials stand in the corner whatever is there. */
const mostPagesRead = 200;

/** Where initials of several go on the same pages, one after the other, none over another or over a signature. */
export interface InitialsPlacer {
  /** @throws Problem placement-invalid */
  place(initials: Initials, options: { signaturePages: ReadonlySet<Page> }): (Spot & { number: number })[];
}

/** Beside a place that others have taken: to the right of it, then to the left. */
const beside = (page: Page, box: Box, taken: readonly Box[]): Box => {
  const width = box.right - box.left;
  const isFree = (own: Box): boolean => !taken.some((other) => overlap(other, own));
  for (let step = 0; step < 40; step += 1) {
    const by = (step % 2 ? -1 : 1) * Math.ceil(step / 2) * (width + gap);
    const moved = { ...box, left: box.left + by, right: box.right + by };
    if (isFree(moved) && isInside({ page, box: moved })) return moved;
  }
  throw new Problem('placement-invalid', 'The page has no room for the initials of all signatories');
};

export const createInitialsPlacer = (pages: readonly Page[], signatures: readonly Spot[]): InitialsPlacer => {
  const taken = new Map<Page, Box[]>();
  const drawn = new Map<Page, Box[]>();
  const takenOn = (page: Page): Box[] => {
    const boxes = taken.get(page) ?? signatures.filter((own) => own.page === page).map(({ box }) => box);
    taken.set(page, boxes);
    return boxes;
  };
  const drawnOnce = (page: Page): Box[] => {
    const boxes = drawn.get(page) ?? (pages.length > mostPagesRead ? [] : (drawnOn(page) ?? []));
    drawn.set(page, boxes);
    return boxes;
  };

  const boxOn = (page: Page, { corner = 'bottom-right', placement }: Initials): Box => {
    const places = takenOn(page);
    if (placement) return beside(page, spotOn(page, placement).box, places);
    const box = findMarginSpot(page, { corner, size, taken: { places, drawn: drawnOnce(page) } });
    if (!box) throw new Problem('placement-invalid', 'The page has no room for the initials of all signatories');
    return box;
  };

  return {
    place: (initials, { signaturePages }) =>
      pagesFor(initials, pages, signaturePages).map((page) => {
        const box = boxOn(page, initials);
        takenOn(page).push(box);
        return { page, box, number: pages.indexOf(page) + 1 };
      }),
  };
};

/** Pages that initials are wanted on. @throws Problem placement-invalid where there is no such page */
export const pagesFor = (
  { pages: wanted }: Pick<Initials, 'pages'>,
  pages: readonly Page[],
  signaturePages: ReadonlySet<Page>,
): Page[] => {
  if (wanted === 'all') return [...pages];
  if (wanted === 'others') return pages.filter((page) => !signaturePages.has(page));
  return [...new Set(wanted)].sort((one, other) => one - other).map((number) => pageAt(pages, number));
};
