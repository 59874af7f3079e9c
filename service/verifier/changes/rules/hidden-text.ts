import type { Box } from '#pdf/geometry.ts';
import { PdfDict, PdfStream } from '#pdf/objects/containers.ts';
import { dictAt, nameAt } from '#pdf/objects/entries.ts';
import type { Page } from '#pdf/page-tree.ts';
import { coveredBy, isUnder, lettersOn } from '#page/letters.ts';
import { placeOf } from './appearance.ts';
import type { ChangedWidget } from './form-changes.ts';

/** Who fills a place for a signature that was there hides what the author has put under it, but never most of a page. */
const mostOfPage = 0.5;

const normalOf = (widget: PdfDict): PdfStream | undefined => {
  const appearance = dictAt(widget, 'AP')?.lookup('N');
  const state = appearance instanceof PdfDict ? appearance.lookup(nameAt(widget, 'AS') ?? 'Off') : appearance;
  return state instanceof PdfStream ? state : undefined;
};

/** What a widget draws over its page. Letters hide little, but for those whose shapes are its author's own. */
const drawnBy = (widget: PdfDict | undefined): Box[] => {
  const place = widget && placeOf(widget);
  if (!place) return [];
  const form = normalOf(widget);
  if (!form) return dictAt(widget, 'MK')?.has('BG') ? [place] : [];
  const drawn = coveredBy(form, place);
  return !drawn || drawn.letters.ownShapes ? [place] : drawn.boxes;
};

/** Looks after what text of each page is hidden since a signature, by all that was drawn since then together. */
export interface HiddenText {
  /** Why a widget may not lie on a page, as that was before, if so. */
  faultOf: (page: Page, widget: ChangedWidget) => string | undefined;
}

export const createHiddenText = (): HiddenText => {
  const letters = new Map<number, readonly Box[]>();
  const hidden = new Map<number, Set<Box>>();

  const lettersOf = (page: Page): readonly Box[] => {
    const { number } = page.ref;
    const found = letters.get(number) ?? lettersOn(page) ?? [];
    letters.set(number, found);
    return found;
  };

  const isMostHidden = (page: Page, more: readonly Box[]): boolean => {
    const { number } = page.ref;
    const all = hidden.get(number) ?? hidden.set(number, new Set()).get(number)!;
    for (const letter of more) all.add(letter);
    return more.length > 0 && all.size > mostOfPage * lettersOf(page).length;
  };

  return {
    faultOf: (page, { old, dict, kind }) => {
      const place = placeOf(dict);
      const under = place ? lettersOf(page).filter((letter) => isUnder(letter, [place])) : [];
      // Most of what is signed lies where nothing is: no appearance has to be looked at.
      if (under.length === 0) return undefined;
      if (kind === 'new') return dict.has('AP') ? 'it lies over text that was there' : undefined;
      const [before, now] = [drawnBy(old), drawnBy(dict)];
      const more = under.filter((letter) => isUnder(letter, now) && !isUnder(letter, before));
      if (kind === 'filled' && more.length > 0) return 'it hides text that was there';
      return isMostHidden(page, more) ? 'it hides most of the text that was there' : undefined;
    },
  };
};
