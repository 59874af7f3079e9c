import { Problem } from '#problem.ts';
import { preferredSize } from '#appearance/stamp.ts';
import { findFreeSpot } from '#page/free-spot.ts';
import type { SignatureField } from '@tu-esign/verifier/pdf/form.ts';
import { viewOf, type Box } from '@tu-esign/verifier/pdf/geometry.ts';
import type { Page } from '@tu-esign/verifier/pdf/page-tree.ts';
import type { UsableField } from '#pades/fields/empty-fields.ts';
import type { Permissions } from '#pades/fields/permissions.ts';
import { besideText, type Spot } from './spot.ts';

/** Where the visible signature goes: into a field that is there, on a page, on a page to be added, or nowhere. */
export type Place =
  | { page: Page; box: Box | null; field: UsableField }
  | { page: Page; box: Box | null; field?: undefined }
  | { addedAfter: Page; box: Box; field?: undefined };

/** Between the edges of an added page and the signature: so much, and on small pages a part of them. */
const edgeOf = (length: number): number => Math.min(54, length * 0.08);

/** Points: on a page as large as this, a signature that can be read has its room. */
export const leastAddedPage = { width: preferredSize.width / 0.84, height: preferredSize.height / 0.84 };

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

/** @throws Problem field-not-found, field-not-empty, placement-invalid */
const named = ({ fields, empty }: PlaceOptions, name: string): Place => {
  const field = empty.find((own) => own.name === name);
  if (field) return inField(field);
  const there = fields.find((own) => own.name === name);
  if (!there) throw new Problem('field-not-found', `The document has no signature field of the name “${name}”`);
  if (there.value) throw new Problem('field-not-empty', `The signature field “${name}” is signed already`);
  throw new Problem(
    'placement-invalid',
    `The signature field “${name}” asks for another kind of signature, or is closed`,
  );
};

export interface PlaceOptions {
  /** Where the host wants it; undefined where there is room. */
  wanted: Spot | { field: string } | undefined;
  /** Whether the document is signed already. */
  signed: boolean;
  permissions: Permissions;
  /** All signature fields. */
  fields: readonly SignatureField[];
  /** Those of the author's that may be filled. */
  empty: readonly UsableField[];
}

/**
 * The field that the host names, or its place; or the author's only empty field; or a free spot at the foot of the last
 * page, or a page added for it. A page must not be added to a signed document: validators take that for tampering with
 * what was signed (ISO 32000-2, 12.8.2.2.2). There any page with room will do; where there is none, the signature is not
 * shown rather than put over text. In a certified document nothing is shown but in a field that is there.
 * @throws Problem placement-invalid, field-not-found, field-not-empty, document-locked
 */
export const choosePlace = (pages: readonly Page[], options: PlaceOptions): Place => {
  const { wanted, signed, permissions, empty } = options;
  if (permissions.forbidden || (!permissions.newField && empty.length === 0)) throw new Problem('document-locked');
  if (wanted && 'field' in wanted) return named(options, wanted.field);
  const [only] = empty.length === 1 ? empty : [];
  const last = pages.at(-1)!;
  if (!permissions.newField) return inField(only ?? empty[0]!);
  if (permissions.certified) return only ? inField(only) : { page: last, box: null };
  if (wanted) return signed ? besideText(wanted) : wanted;
  if (only && isLargeEnough(only)) return inField(only);
  if (signed) return onSomePage(pages) ?? { page: last, box: null };
  const box = findFreeSpot(last, preferredSize);
  return box ? { page: last, box } : onAddedPage(last);
};
