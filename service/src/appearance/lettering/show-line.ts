import type { FontCollection } from './embedded-fonts.ts';
import { format } from './format.ts';
import type { Run } from './lettering.ts';
import { outlineOf } from './outline.ts';
import type { ShapedGlyph } from './shape.ts';

export interface LinePlace {
  /** Points, as all of these. */
  x: number;
  /** Of the baseline. */
  y: number;
  size: number;
  /** After each glyph. */
  spacing?: number;
}

/** A glyph of a run, and how far from the line's start it stands in points. */
interface Standing {
  run: Run;
  glyph: ShapedGlyph;
  at: number;
}

const stand = (runs: Run[], { size, spacing = 0 }: LinePlace): Standing[] => {
  let at = 0;
  return runs.flatMap((run) =>
    run.glyphs.map((glyph) => {
      const standing = { run, glyph, at };
      at += (glyph.advance * size) / 1000 + (glyph.text ? spacing : 0);
      return standing;
    }),
  );
};

/** TJ moves to the left by thousandths of the font size (ISO 32000-2, 9.4.3). */
const move = (by: number): string => (by === 0 ? '' : ` ${format(-by)} `);

const showGlyph = ({ subset }: Run, glyph: ShapedGlyph, fonts: FontCollection): string => {
  if (!glyph.text) return move(glyph.advance);
  const code = fonts.codeOf(subset, glyph).toString(16).padStart(4, '0');
  const after = glyph.advance - subset.font.glyphHAdvance(glyph.glyph) - glyph.dx;
  return `${move(glyph.dx)}<${code}>${move(after)}`;
};

/** Neighbours that stand equally high, which one TJ shows. */
const groupByRise = (glyphs: ShapedGlyph[]): ShapedGlyph[][] => {
  const groups: ShapedGlyph[][] = [];
  for (const glyph of glyphs) {
    if (groups.at(-1)?.[0]!.dy === glyph.dy) groups.at(-1)!.push(glyph);
    else groups.push([glyph]);
  }
  return groups;
};

const showRun = (run: Run, fonts: FontCollection, size: number): string => {
  const shown = groupByRise(run.glyphs).map((glyphs) => {
    const rise = format((glyphs[0]!.dy * size) / 1000);
    return `${rise} Ts [${glyphs.map((glyph) => showGlyph(run, glyph, fonts)).join('')}] TJ`;
  });
  return `/${fonts.nameOf(run.subset)} ${format(size)} Tf ${shown.join(' ')}`;
};

/**
 * A glyph that stands for no text of its own, such as a mark whose letter stands for both, is drawn as an outline:
 * readers of text would find something, or a gap, in its place.
 */
const drawOutline = ({ run, glyph, at }: Standing, { x, y, size }: LinePlace): string => {
  const scale = size / 1000;
  const matrix = [scale, 0, 0, scale, x + at + glyph.dx * scale, y + glyph.dy * scale].map((value) =>
    String(Number(value.toFixed(5))),
  );
  return `q ${matrix.join(' ')} cm ${outlineOf(run.subset.font, glyph.glyph)} f Q`;
};

/** Operators that show one line of text. */
export const showLine = (runs: Run[], fonts: FontCollection, place: LinePlace): string => {
  const { x, y, size, spacing = 0 } = place;
  const shown = runs.map((run) => showRun(run, fonts, size)).join(' ');
  const outlines = stand(runs, place)
    .filter(({ glyph }) => !glyph.text)
    .map((standing) => drawOutline(standing, place));
  return [`BT ${format(spacing)} Tc ${format(x)} ${format(y)} Td ${shown} ET`, ...outlines].join('\n');
};
