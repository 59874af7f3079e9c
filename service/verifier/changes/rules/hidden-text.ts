import type { Box } from '#pdf/geometry.ts';
import { PdfArray, PdfDict, PdfStream } from '#pdf/objects/containers.ts';
import { arrayAt, dictAt, members, nameAt, numberAt } from '#pdf/objects/entries.ts';
import { PdfRef } from '#pdf/objects/object.ts';
import { PdfString } from '#pdf/objects/strings.ts';
import type { Page } from '#pdf/page-tree.ts';
import { coveredBy, isUnder, layersOver, lettersOn } from '#page/letters.ts';
import { placeOf } from './appearance.ts';
import type { ChangedWidget } from './form-changes.ts';

/** Who fills a place for a signature that was there hides what the author has put under it, but never most of a page. */
const mostOfPage = 0.5;

const normalOf = (widget: PdfDict): PdfStream | undefined => {
  const appearance = dictAt(widget, 'AP')?.lookup('N');
  const state = appearance instanceof PdfDict ? appearance.lookup(nameAt(widget, 'AS') ?? 'Off') : appearance;
  return state instanceof PdfStream ? state : undefined;
};

/** What a widget draws over its page: what hides all that is under it, and letters, each from above it to below the line. */
interface Drawn {
  boxes: Box[];
  letters: Box[];
}

const nothing: Drawn = { boxes: [], letters: [] };

/** Of a field: whoever writes more over text means to hide it, or to have us count for long. */
const mostLetters = 10_000;

/** Letters hide little, but for those whose shapes are their author's own. */
const drawnBy = (widget: PdfDict | undefined): Drawn => {
  const place = widget && placeOf(widget);
  if (!place) return nothing;
  const form = normalOf(widget);
  if (!form) return dictAt(widget, 'MK')?.has('BG') ? { ...nothing, boxes: [place] } : nothing;
  const drawn = coveredBy(form, place);
  if (!drawn || drawn.letters.ownShapes || drawn.letters.boxes.length > mostLetters)
    return { ...nothing, boxes: [place] };
  const [letters, large] = [drawn.letters.boxes, drawn.letters.large].map((boxes) => boxes.map(wholeOf));
  return { boxes: [...drawn.boxes, ...large!], letters: letters! };
};

/** Letters that are written over one another leave nothing between their strokes: those of bold ones are half of them. */
const mostLayers = 1.5;

const isHidden = (letter: Box, { boxes, letters }: Drawn): boolean =>
  isUnder(letter, boxes) || layersOver(letter, letters) > mostLayers;

/** Letters rise above it, and go below the line. */
const wholeOf = ({ left, right, bottom, top }: Box): Box => ({
  left,
  right,
  bottom: bottom - (top - bottom) / 2,
  top: top + (top - bottom) / 2,
});

/** Not on paper, or not on the screen (12.5.3). */
const hiddenFlags = 2 | 32;

/** Readers write the text of these themselves. */
const saysWithout = (annotation: PdfDict): boolean => {
  const said = annotation.lookup(nameAt(annotation, 'Subtype') === 'FreeText' ? 'Contents' : 'V');
  const texts = said instanceof PdfArray ? members(said) : [said];
  return texts.some((text) => text instanceof PdfString && text.text().trim() !== '');
};

/** What other annotations on a page say. */
const lettersOfOthers = (page: Page, number: number): Box[] =>
  (arrayAt(page.dict, 'Annots')?.members() ?? []).flatMap((member) => {
    const annotation = page.dict.source.lookup(member);
    if (!(annotation instanceof PdfDict) || (member instanceof PdfRef && member.number === number)) return [];
    const [place, form] = [placeOf(annotation), normalOf(annotation)];
    if (!place || (numberAt(annotation, 'F') ?? 0) & hiddenFlags) return [];
    if (!form) return saysWithout(annotation) ? [place] : [];
    return coveredBy(form, place)?.letters.boxes ?? [place];
  });

/** What is looked at of a widget. */
export type DrawnWidget = Pick<ChangedWidget, 'number' | 'old' | 'dict' | 'kind' | 'staysBlank'>;

/** Looks after what text of each page is hidden since a signature, by all that was drawn since then together. */
export interface HiddenText {
  /** Why a widget may not lie on a page, as that was before, if so. */
  faultOf: (page: Page, widget: DrawnWidget) => string | undefined;
}

export const createHiddenText = (): HiddenText => {
  const letters = new Map<number, readonly Box[] | 'unknown'>();
  const hidden = new Map<number, Set<Box>>();

  const lettersOf = (page: Page): readonly Box[] | 'unknown' => {
    const { number } = page.ref;
    const found = letters.get(number) ?? lettersOn(page) ?? 'unknown';
    letters.set(number, found);
    return found;
  };

  const isMostHidden = (page: Page, more: readonly Box[], of: number): boolean => {
    const { number } = page.ref;
    const all = hidden.get(number) ?? hidden.set(number, new Set()).get(number)!;
    for (const letter of more) all.add(letter);
    return more.length > 0 && all.size > mostOfPage * of;
  };

  return {
    faultOf: (page, { number, old, dict, kind, staysBlank }) => {
      const place = placeOf(dict);
      if (!place) return undefined;
      const own = lettersOf(page);
      // Who adds an empty one may sign it later, and draw it then.
      const isDrawn = kind === 'new' ? !staysBlank : dict.has('AP') || dict.has('MK');
      if (own === 'unknown') return kind !== 'signed' && isDrawn ? 'what it lies over cannot be told' : undefined;
      const under = [...own, ...lettersOfOthers(page, number)].filter((letter) => isUnder(letter, [place]));
      // Most of what is signed lies where nothing is: no appearance has to be looked at.
      if (under.length === 0) return undefined;
      if (kind === 'new') return isDrawn ? 'it lies over text that was there' : undefined;
      const [before, now] = [drawnBy(old), drawnBy(dict)];
      const more = under.filter((letter) => isHidden(letter, now) && !isHidden(letter, before));
      if (kind === 'filled' && more.length > 0) return 'it hides text that was there';
      return isMostHidden(page, more, own.length) ? 'it hides most of the text that was there' : undefined;
    },
  };
};
