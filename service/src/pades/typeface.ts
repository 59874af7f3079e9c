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

const find = (codePoint: number, weight: Weight): { font: string; glyph: number } | undefined => {
  for (const slice of slices) {
    const font = `${slice}-${weight}`;
    const glyph = fontOf(font).glyphOf(codePoint);
    if (glyph) return { font, glyph };
  }
  return undefined;
};

/** How a character is named that no font of ours has: better than a box that could be anybody. */
const named = (character: string): string =>
  `[U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}]`;

/** A text in which every character can be drawn; what cannot is spelled as its code point. */
export const drawable = (text: string, weight: Weight): string =>
  Array.from(text.normalize('NFC'), (character) =>
    find(character.codePointAt(0)!, weight) ? character : named(character),
  ).join('');

/** Sets a drawable text. */
export const setText = (text: string, weight: Weight): Run[] => {
  const runs: Run[] = [];
  for (const character of drawable(text, weight)) {
    const { font, glyph } = find(character.codePointAt(0)!, weight)!;
    if (runs.at(-1)?.font !== font) runs.push({ font, glyphs: [] });
    runs.at(-1)!.glyphs.push({ glyph, text: character });
  }
  return runs;
};

/** Width of a text in units of its font size. */
export const measure = (text: string, weight: Weight): number =>
  setText(text, weight)
    .flatMap(({ font, glyphs }) => glyphs.map(({ glyph }) => fontOf(font).widthOf(glyph)))
    .reduce((sum, width) => sum + width / 1000, 0);
