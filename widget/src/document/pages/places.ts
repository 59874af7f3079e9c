import type { Place } from '@tu-esign/contract';
import type { PagePlace, PdfDocument } from '../pdf/pdf-document.ts';

/** A box on a page, in points from the lower left corner of the page as it is shown. */
interface PointBox {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Where something of the signatory's will be seen, and the box that ink is fitted into, in parts of the page's size. */
export interface ShownPlace {
  kind: Place['kind'];
  box: PagePlace;
  ink: PagePlace;
}

/** As pages are laid out; null where the service adds a page for it. */
export async function placeOnPage(pdf: PdfDocument, asked: Place): Promise<ShownPlace | null> {
  const { page, kind } = asked;
  if (page > pdf.pages) return null;
  const { width, height } = (await pdf.page(page)).getViewport({ scale: 1 });
  const onPage = (box: PointBox): PagePlace => ({
    page,
    x: box.x / width,
    y: 1 - (box.y + box.height) / height,
    width: box.width / width,
    height: box.height / height,
  });
  return { kind, box: onPage(asked), ink: onPage(asked.ink) };
}
