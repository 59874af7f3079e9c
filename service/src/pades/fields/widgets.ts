import type { SignatureField } from '@tu-esign/verifier/pdf/form.ts';
import { boxFromNumbers, isEmpty, transformBox, viewOf, type Box } from '@tu-esign/verifier/pdf/geometry.ts';
import { PdfDict } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { arrayAt, nameAt, numbersAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import { PdfRef, type PdfObject } from '@tu-esign/verifier/pdf/objects/object.ts';
import type { Page } from '@tu-esign/verifier/pdf/page-tree.ts';

export interface Widget {
  ref: PdfRef;
  dict: PdfDict;
}

/** The one widget of a field: itself, or its only kid. */
export const widgetOf = ({ ref, dict }: SignatureField): Widget | undefined => {
  if (nameAt(dict, 'Subtype') === 'Widget' || dict.has('Rect')) return { ref, dict };
  const kids = arrayAt(dict, 'Kids');
  const kid = kids?.get(0);
  const widget = kids?.lookup(0);
  return kids?.length === 1 && kid instanceof PdfRef && widget instanceof PdfDict
    ? { ref: kid, dict: widget }
    : undefined;
};

export interface WidgetPlace {
  page: Page;
  /** Points as shown; null for one that is not seen. */
  box: Box | null;
}

const boxOn = (page: Page, dict: PdfDict): Box | null => {
  const box = boxFromNumbers(numbersAt(dict, 'Rect', 4));
  return box && !isEmpty(box) ? transformBox(viewOf(page).toView, box) : null;
};

/** The first page that lists each annotation. */
const readPagesOf = (pages: readonly Page[]): Map<PdfObject, Page> =>
  new Map(
    pages
      .toReversed()
      .flatMap((page) => (arrayAt(page.dict, 'Annots')?.members() ?? []).map((member) => [member, page] as const)),
  );

/** Finds where widgets stand; undefined for one that no page lists. What pages list is read once, and only if asked. */
export const createWidgetPlaces = (pages: readonly Page[]) => {
  let pageOf: Map<PdfObject, Page> | undefined;
  return ({ ref, dict }: Widget): WidgetPlace | undefined => {
    pageOf ??= readPagesOf(pages);
    const page = pageOf.get(ref);
    return page && { page, box: boxOn(page, dict) };
  };
};
