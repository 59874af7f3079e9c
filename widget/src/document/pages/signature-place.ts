import type { SignaturePlace } from '@tu-esign/contract';
import type { PageView } from './page-view.ts';
import type { PagePlace, PdfDocument } from '../pdf/pdf-document.ts';

/** Where the service will put the signature, as pages are laid out; null where it adds a page for it. */
export async function placeOnPage(pdf: PdfDocument, place: SignaturePlace): Promise<PagePlace | null> {
  if (place.page > pdf.pages) return null;
  const { width, height } = (await pdf.page(place.page)).getViewport({ scale: 1 });
  return {
    page: place.page,
    x: place.x / width,
    y: 1 - (place.y + place.height) / height,
    width: place.width / width,
    height: place.height / height,
  };
}

/** Marks where the signature will be seen, until it is. */
export function markPlace(view: PageView, place: PagePlace, text: string): void {
  const mark = view.element.querySelector<HTMLElement>('.place') ?? document.createElement('p');
  mark.className = 'place';
  mark.textContent = text;
  mark.style.left = percent(place.x);
  mark.style.top = percent(place.y);
  mark.style.width = percent(place.width);
  mark.style.height = percent(place.height);
  view.keep(mark);
}

const percent = (part: number): string => `${(100 * part).toFixed(3)}%`;
