import type { Font } from 'harfbuzzjs';
import type { HarfBuzz } from './harfbuzz.ts';

/** A glyph where it stands. Lengths are thousandths of the font size. */
export interface ShapedGlyph {
  glyph: number;
  /** What it stands for; nothing, where another one of its cluster stands for it too. */
  text: string;
  /** How far the next one stands from it. */
  advance: number;
  /** How far it is moved from its place, such as a mark above its letter. */
  dx: number;
  dy: number;
}

interface Placed extends Omit<ShapedGlyph, 'text'> {
  cluster: number;
}

/** A font, and what shapes its texts. */
export interface Shaping {
  harfBuzz: HarfBuzz;
  /** Scaled to thousandths of the font size. */
  font: Font;
}

const place = ({ harfBuzz, font }: Shaping, text: string, rightToLeft: boolean): Placed[] => {
  const { Buffer, Direction, shape: shapeBuffer } = harfBuzz;
  const buffer = new Buffer();
  buffer.addText(text);
  buffer.guessSegmentProperties();
  buffer.setDirection(rightToLeft ? Direction.RTL : Direction.LTR);
  shapeBuffer(font, buffer);
  const positions = buffer.getGlyphPositions();
  return buffer.getGlyphInfos().map(({ codepoint, cluster }, index) => {
    const { xAdvance, xOffset, yOffset } = positions[index]!;
    return { glyph: codepoint, cluster, advance: xAdvance, dx: xOffset, dy: yOffset };
  });
};

const groupByCluster = (placed: Placed[]): Placed[][] => {
  const groups: Placed[][] = [];
  for (const one of placed) {
    if (groups.at(-1)?.[0]!.cluster === one.cluster) groups.at(-1)!.push(one);
    else groups.push([one]);
  }
  return groups;
};

/**
 * The widest of a cluster stands for all of its text, and the others for nothing: readers put spaces before marks that
 * are moved back over their letter.
 */
const share = (group: Placed[], text: string): ShapedGlyph[] => {
  const widest = group.reduce((best, one) => (one.advance > best.advance ? one : best));
  return group.map((one) => {
    const { cluster: _, ...glyph } = one;
    return { ...glyph, text: one === widest ? text : '' };
  });
};

/** Shapes a text of one font and one direction; its glyphs from left to right. */
export const shape = (shaping: Shaping, text: string, rightToLeft: boolean): ShapedGlyph[] => {
  const groups = groupByCluster(place(shaping, text, rightToLeft));
  const starts = groups.map(([first]) => first!.cluster).sort((a, b) => a - b);
  return groups.flatMap((group) => {
    const start = group[0]!.cluster;
    return share(group, text.slice(start, starts[starts.indexOf(start) + 1]));
  });
};
