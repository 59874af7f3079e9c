import { boxOf, type Box, type Point } from '@tu-esign/verifier/pdf/geometry.ts';
import type { Page } from '@tu-esign/verifier/pdf/page-tree.ts';
import { inReadingOrder, saidOn, type Said } from './text-lines.ts';

export interface Anchor {
  text: string;
  /** Counted from 1 through the whole document. */
  occurrence?: number | undefined;
  ignoreCase?: boolean | undefined;
}

export interface FoundAnchor {
  page: Page;
  /** Of the words' first line, from its base line up; points as shown. */
  box: Box;
}

/** How texts are compared: ligatures are their letters, and white space does not count. */
type Fold = (text: string) => string;

const plain: Fold = (text) => text.normalize('NFKD').replaceAll(/[\s\u00AD\u200B-\u200D\uFEFF]/gu, '');
/** Where a typesetter draws accents by themselves, they may stand before their letters. */
const withoutAccents: Fold = (text) => plain(text).replaceAll(/\p{M}/gu, '').replaceAll('ı', 'i');

const inOneCase =
  (fold: Fold): Fold =>
  (text) =>
    fold(text).toLowerCase();

/** A page's text as it is compared, and which glyph each of its characters is of. */
interface Folded {
  text: string;
  glyphs: Said[];
}

const foldAll = (said: readonly Said[], fold: Fold): Folded => {
  const glyphs: Said[] = [];
  let text = '';
  for (const one of said) {
    const folded = fold(one.text);
    text += folded;
    for (let at = 0; at < folded.length; at += 1) glyphs.push(one);
  }
  return { text, glyphs };
};

/** Each time it is said, without any letter counting twice. */
function* occurrencesIn({ text, glyphs }: Folded, wanted: string): Generator<Said[]> {
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + wanted.length))
    yield glyphs.slice(at, at + wanted.length);
}

/** So much of a font's size letters rise above their line. */
const rise = 0.7;

const cornersOf = ({ from, to, above }: Said): Point[] => {
  const [x, y] = [(above[0] - from[0]) * rise, (above[1] - from[1]) * rise];
  return [from, to, [from[0] + x, from[1] + y], [to[0] + x, to[1] + y]];
};

const firstLineOf = (said: readonly Said[]): Said[] => {
  const [first] = said as [Said];
  return said.filter(
    ({ turn, height, along }) =>
      turn === first.turn && Math.abs(height - first.height) < 0.4 * first.size && along >= first.along,
  );
};

/** A page, read when it is come to, and once. */
interface PageText {
  page: Page;
  readonly said: () => readonly Said[];
}

const once = <Value>(read: () => Value): (() => Value) => {
  let known: { value: Value } | undefined;
  return () => (known ??= { value: read() }).value;
};

type Found = FoundAnchor | 'no such occurrence' | undefined;

const findIn = (pages: readonly PageText[], { text, occurrence = 1 }: Anchor, fold: Fold): Found => {
  const wanted = fold(text);
  let count = 0;
  for (const { page, said } of pages)
    for (const found of wanted ? occurrencesIn(foldAll(said(), fold), wanted) : []) {
      count += 1;
      if (count === occurrence) return { page, box: boxOf(firstLineOf(found).flatMap(cornersOf)) };
    }
  return count > 0 ? 'no such occurrence' : undefined;
};

/** Looks for words in the order of reading, then as they are written, then without their accents. */
export const createAnchors = (pages: readonly Page[]) => {
  const asShown = pages.map((page) => ({ page, said: once(() => saidOn(page)) }));
  const ordered = asShown.map(({ page, said }) => ({ page, said: once(() => inReadingOrder(said())) }));
  return (anchor: Anchor): FoundAnchor | undefined => {
    const folds = [plain, withoutAccents].map((fold) => (anchor.ignoreCase ? inOneCase(fold) : fold));
    for (const fold of folds)
      for (const texts of [ordered, asShown]) {
        const found = findIn(texts, anchor, fold);
        if (found) return found === 'no such occurrence' ? undefined : found;
      }
    return undefined;
  };
};
