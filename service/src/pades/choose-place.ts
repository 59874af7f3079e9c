import type { Placement } from '@tu-esign/contract';
import { Problem } from '#problem.ts';
import { preferredSize } from '#appearance/appearance.ts';
import { findFreeSpot } from '#page/free-spot.ts';
import { isUnder, lettersOn } from '@tu-esign/verifier/page/letters.ts';
import { transformBox, viewOf, type Box } from '@tu-esign/verifier/pdf/geometry.ts';
import type { Page } from '@tu-esign/verifier/pdf/page-tree.ts';
import type { UsableField } from '#pades/fields/empty-fields.ts';
import type { Permissions } from '#pades/fields/permissions.ts';

/** Where the visible signature goes: into a field that is there, on a page, on a page to be added, or nowhere. */
export type Place =
  | { page: Page; box: Box | null; field: UsableField }
  | { page: Page; box: Box | null; field?: undefined }
  | { addedAfter: Page; box: Box; field?: undefined };

type Spot = Exclude<Placement, { field: string }>;

interface Asked {
  page: Page;
  box: Box;
}

// Where the host's numbers were rounded.
const tolerance = 0.5;

const asked = (pages: readonly Page[], { page: number, x, y, width, height }: Spot): Asked => {
  const page = pages.at(number === -1 ? -1 : number - 1);
  if (!page) throw new Problem('placement-invalid', `The document has ${pages.length} pages`);
  const view = viewOf(page);
  if (x + width > view.width + tolerance || y + height > view.height + tolerance)
    throw new Problem('placement-invalid', `The page is ${view.width} by ${view.height} points`);
  return { page, box: { left: x, bottom: y, right: x + width, top: y + height } };
};

/** Between the edges of an added page and the signature: so much, and on small pages a part of them. */
const edgeOf = (length: number): number => Math.min(54, length * 0.08);

/** Points: on a page as large as this, a signature that can be read has its room. */
export const leastAddedPage = { width: preferredSize.width / 0.84, height: preferredSize.height / 0.84 };

/**
 * Who has signed has seen the text: whatever is drawn over it later is something else to them, and is told as such.
 * Where nobody has signed yet, that is up to the host.
 */
const besideText = (place: Asked): Asked => {
  const { toView } = viewOf(place.page);
  const letters = lettersOn(place.page);
  if (!letters || letters.some((letter) => isUnder(transformBox(toView, letter), [place.box])))
    throw new Problem(
      'placement-invalid',
      'The place lies over text of a document that is signed already, or that cannot be told',
    );
  return place;
};

/** On the added page: at the top left. */
const onAddedPage = (last: Page): Place => {
  const view = viewOf(last);
  const [across, up] = [Math.max(view.width, leastAddedPage.width), Math.max(view.height, leastAddedPage.height)];
  const [left, top] = [edgeOf(across), up - edgeOf(up)];
  const { width, height } = preferredSize;
  return { addedAfter: last, box: { left, bottom: top - height, right: left + width, top } };
};

const smaller = { width: preferredSize.width * 0.65, height: preferredSize.height * 0.65 };

/** From the last page to the first, but not for ever. */
const mostPagesSearched = 20;

const onSomePage = (pages: readonly Page[]): Place | undefined => {
  for (const size of [preferredSize, smaller]) {
    for (const page of pages.slice(-mostPagesSearched).reverse()) {
      const box = findFreeSpot(page, size);
      if (box) return { page, box };
    }
  }
  return undefined;
};

/** Points; in less, an autograph is a smear. */
const least = { width: 60, height: 18 };

const isLargeEnough = ({ box }: UsableField): boolean =>
  box !== null && box.right - box.left >= least.width && box.top - box.bottom >= least.height;

const inField = (field: UsableField): Place => ({ page: field.page, box: field.box, field });

const named = (empty: readonly UsableField[], name: string): Place => {
  const field = empty.find((own) => own.name === name);
  if (field) return inField(field);
  throw new Problem('placement-invalid', 'The document has no signature field of that name that can be signed');
};

export interface PlaceOptions {
  placement?: Placement | undefined;
  /** Whether the document is signed already. */
  signed: boolean;
  permissions: Permissions;
  /** The author's fields that may be filled. */
  empty: readonly UsableField[];
}

/**
 * The field that the host names, or its place; or the author's only empty field; or a free spot at the foot of the last
 * page, or a page added for it. A page must not be added to a signed document: validators take that for tampering with
 * what was signed (ISO 32000-2, 12.8.2.2.2). There any page with room will do; where there is none, the signature is not
 * shown rather than put over text. In a certified document nothing is shown but in a field that is there.
 * @throws Problem placement-invalid, document-locked
 */
export const choosePlace = (pages: readonly Page[], options: PlaceOptions): Place => {
  const { placement, signed, permissions, empty } = options;
  if (permissions.forbidden || (!permissions.newField && empty.length === 0)) throw new Problem('document-locked');
  if (placement && 'field' in placement) return named(empty, placement.field);
  const [only] = empty.length === 1 ? empty : [];
  const last = pages.at(-1)!;
  if (!permissions.newField) return inField(only ?? empty[0]!);
  if (permissions.certified) return only ? inField(only) : { page: last, box: null };
  if (placement) return signed ? besideText(asked(pages, placement)) : asked(pages, placement);
  if (only && isLargeEnough(only)) return inField(only);
  if (signed) return onSomePage(pages) ?? { page: last, box: null };
  const box = findFreeSpot(last, preferredSize);
  return box ? { page: last, box } : onAddedPage(last);
};
