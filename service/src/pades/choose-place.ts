import type { Placement } from '@tu-esign/contract';
import { Problem } from '#problem.ts';
import { preferredSize } from '#appearance/appearance.ts';
import { findFreeSpot } from '#page/free-spot.ts';
import type { SignatureField } from '@tu-esign/verifier/pdf/form.ts';
import { boxFromNumbers, transformBox, viewOf, type Box } from '@tu-esign/verifier/pdf/geometry.ts';
import type { Page } from '@tu-esign/verifier/pdf/page-tree.ts';
import { numbersAt } from '@tu-esign/verifier/pdf/objects/entries.ts';

/** Where the visible signature goes: on a page, on a page to be added, or nowhere. */
export type Place = { page: Page; box: Box } | { addedAfter: Page; box: Box } | { page: Page; box: null };

// Where the host's numbers were rounded.
const tolerance = 0.5;

const asked = (pages: Page[], { page: number, x, y, width, height }: Placement): Place => {
  const page = pages.at(number === -1 ? -1 : number - 1);
  if (!page) throw new Problem('placement-invalid', `The document has ${pages.length} pages`);
  const view = viewOf(page);
  if (x + width > view.width + tolerance || y + height > view.height + tolerance)
    throw new Problem('placement-invalid', `The page is ${view.width} by ${view.height} points`);
  return { page, box: { left: x, bottom: y, right: x + width, top: y + height } };
};

/** On the added page: at the top left, as large as elsewhere, smaller where the page is. */
const onAddedPage = (last: Page): Place => {
  const view = viewOf(last);
  const room = { width: view.width * 0.84, height: view.height * 0.84 };
  const scale = Math.min(1, room.width / preferredSize.width, room.height / preferredSize.height);
  const [width, height] = [preferredSize.width * scale, preferredSize.height * scale];
  const left = Math.min(54, view.width * 0.08);
  const top = view.height - Math.min(54, view.height * 0.08);
  return { addedAfter: last, box: { left, bottom: top - height, right: left + width, top } };
};

/** Points; below this nothing can be read. */
const least = { width: 100, height: 36 };

const smaller = { width: preferredSize.width * 0.65, height: preferredSize.height * 0.65 };

/** From the last page to the first, but not for ever. */
const mostPagesSearched = 20;

const onSomePage = (pages: Page[]): Place | undefined => {
  for (const size of [preferredSize, smaller]) {
    for (const page of pages.slice(-mostPagesSearched).reverse()) {
      const box = findFreeSpot(page, size);
      if (box) return { page, box };
    }
  }
  return undefined;
};

/** The place that an author kept for a signature and nobody has used. */
const inEmptyField = (pages: Page[], fields: SignatureField[]): Place | undefined => {
  for (const { dict, value } of fields) {
    const box = boxFromNumbers(numbersAt(dict, 'Rect', 4));
    const page = pages.find(({ ref }) => ref === dict.get('P'));
    if (value || !box || !page) continue;
    const shown = transformBox(viewOf(page).toView, box);
    if (shown.right - shown.left >= least.width && shown.top - shown.bottom >= least.height)
      return { page, box: shown };
  }
  return undefined;
};

export interface PlaceOptions {
  placement?: Placement | undefined;
  /** Whether the document is signed already. */
  signed: boolean;
  /** The document's signature fields. */
  fields: SignatureField[];
}

/**
 * The host's placement; or a free spot at the foot of the last page; or a page added for it. A page must not
 * be added to a signed document: validators take that for tampering with what was signed (ISO 32000-2,
 * 12.8.2.2.2). There any page with room will do, or the rectangle of an empty signature field; where there is
 * neither, the signature is not shown rather than put over text.
 * @throws Problem placement-invalid
 */
export const choosePlace = (pages: Page[], { placement, signed, fields }: PlaceOptions): Place => {
  if (placement) return asked(pages, placement);
  const last = pages.at(-1)!;
  if (signed) return onSomePage(pages) ?? inEmptyField(pages, fields) ?? { page: last, box: null };
  const box = findFreeSpot(last, preferredSize);
  return box ? { page: last, box } : onAddedPage(last);
};
