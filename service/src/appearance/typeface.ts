import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { readTrueType, type TrueType } from './true-type.ts';
import { readWoff } from './woff.ts';

export type Weight = 400 | 600;

/** A stretch of text that one font file has all glyphs for. */
export interface Run {
  /** Key of the font, such as `latin-400`. */
  font: string;
  glyphs: { glyph: number; text: string }[];
}

// Noto Sans comes in slices of scripts; a text is set in the first slice that has a character. Scripts that
// need shaping are left out: a name set without it would be wrong.
const slices = ['latin', 'latin-ext', 'greek', 'cyrillic', 'cyrillic-ext', 'vietnamese'];

const require = createRequire(import.meta.url);
const loaded = new Map<string, TrueType>();

/** The font with this key. Read from its package when first used. */
export const fontOf = (key: string): TrueType => {
  const known = loaded.get(key);
  if (known) return known;
  const path = require.resolve(`@fontsource/noto-sans/files/noto-sans-${key}-normal.woff`);
  const font = readTrueType(readWoff(readFileSync(path)));
  loaded.set(key, font);
  return font;
};

interface Glyph {
  font: string;
  glyph: number;
  /** Units of the font size. */
  width: number;
}

const search = (codePoint: number, weight: Weight): Glyph | undefined => {
  for (const slice of slices) {
    const key = `${slice}-${weight}`;
    const font = fontOf(key);
    const glyph = font.glyphOf(codePoint);
    if (glyph) return { font: key, glyph, width: font.widthOf(glyph) / 1000 };
  }
  return undefined;
};

// Texts are measured many times while they are fitted. No more entries than the slices have characters.
const known: Record<Weight, Map<string, Glyph>> = { 400: new Map(), 600: new Map() };

const find = (character: string, weight: Weight): Glyph | undefined => {
  const remembered = known[weight].get(character);
  if (remembered) return remembered;
  const found = search(character.codePointAt(0)!, weight);
  if (found) known[weight].set(character, found);
  return found;
};

/** How a character is named that no font of ours has: better than a box that could be anybody. */
const named = (character: string): string =>
  `[U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}]`;

/** A text in which every character can be drawn; what cannot is spelled as its code point. */
export const drawable = (text: string, weight: Weight): string =>
  Array.from(text.normalize('NFC'), (character) => (find(character, weight) ? character : named(character))).join('');

/** Sets a drawable text. */
export const setText = (text: string, weight: Weight): Run[] => {
  const runs: Run[] = [];
  for (const character of text) {
    const found = find(character, weight);
    if (!found) continue;
    if (runs.at(-1)?.font !== found.font) runs.push({ font: found.font, glyphs: [] });
    runs.at(-1)!.glyphs.push({ glyph: found.glyph, text: character });
  }
  return runs;
};

/** Width of a drawable text in units of its font size. */
export const measure = (text: string, weight: Weight): number => {
  let width = 0;
  for (const character of text) width += find(character, weight)?.width ?? 0;
  return width;
};
