import subsetFont from 'subset-font';
import { findFont, loadFont, type FontFile, type Weight } from './fonts.ts';
import { loadHarfBuzz } from './harfbuzz.ts';
import { itemise, type Cluster } from './itemise.ts';
import { shape, type ShapedGlyph, type Shaping } from './shape.ts';

/** A font with the glyphs of one drawing, under numbers of its own. */
export interface FontSubset extends Shaping {
  name: string;
  weight: Weight;
  /** A TrueType file. */
  bytes: Buffer;
}

/** A stretch of glyphs in one font, as they stand from left to right. */
export interface Run {
  subset: FontSubset;
  glyphs: ShapedGlyph[];
}

export interface Line {
  text: string;
  weight: Weight;
}

/** Sets the lines it was made for, and what is made of their clusters. */
export interface Lettering {
  /** A line's text as it can be drawn: what no font has is spelled as its code point. */
  drawable(line: Line): string;
  /** A drawable text, or a part of one, as it stands from left to right. */
  set(line: Line): Run[];
  /** Its width in units of the font size. */
  measure(line: Line): number;
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** A text in the smallest parts that lines may be broken into: characters with their marks. */
export const clustersOf = (text: string): string[] => Array.from(segmenter.segment(text), ({ segment }) => segment);

/** How a character is named that no font of ours has: better than a box that could be anybody. */
const named = (character: string): string =>
  `[U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}]`;

/** Ends a line that was cut off. */
export const ellipsis = '…';

type Fonts = Map<string, FontFile>;

/** A cluster where a font has all of it; otherwise its characters, those named that none has. */
const resolve = async (cluster: string, weight: Weight, fonts: Fonts): Promise<string> => {
  const found = await findFont(cluster, weight);
  if (found) {
    // Its characters too: a line may be broken between what stands together elsewhere.
    for (const part of [cluster, ...Array.from(cluster)]) if (!fonts.has(part)) fonts.set(part, found);
    return cluster;
  }
  if (Array.from(cluster).length === 1) return resolveAll(named(cluster), weight, fonts);
  return resolveAll(Array.from(cluster), weight, fonts);
};

const resolveAll = async (clusters: Iterable<string>, weight: Weight, fonts: Fonts): Promise<string> => {
  let text = '';
  for (const cluster of clusters) text += await resolve(cluster, weight, fonts);
  return text;
};

// A drawing is laid out by these fonts: only outlines and layout are needed.
const dropTables = ['STAT', 'meta', 'kern', 'DSIG', 'BASE'];

const subsetOf = async (file: FontFile, weight: Weight, text: string): Promise<FontSubset> => {
  const { bytes: all } = await loadFont(file);
  const bytes = await subsetFont(all, text, {
    targetFormat: 'sfnt',
    noHinting: true,
    dropTables,
    ...(file.variable && { variationAxes: { wght: weight } }),
  });
  const harfBuzz = await loadHarfBuzz();
  const font = new harfBuzz.Font(new harfBuzz.Face(new harfBuzz.Blob(bytes)));
  font.setScale(1000, 1000);
  return { name: file.name, weight, bytes, harfBuzz, font };
};

const subsetAll = async (fonts: Fonts, weight: Weight): Promise<Map<string, FontSubset>> => {
  const texts = Map.groupBy(fonts.keys(), (cluster) => fonts.get(cluster)!);
  const subsets = new Map<string, FontSubset>();
  for (const [file, clusters] of texts) {
    const subset = await subsetOf(file, weight, clusters.join(''));
    for (const cluster of clusters) subsets.set(cluster, subset);
  }
  return subsets;
};

const widthOf = (runs: Run[]): number =>
  runs.flatMap(({ glyphs }) => glyphs).reduce((sum, { advance }) => sum + advance, 0) / 1000;

const keyOf = ({ text, weight }: Line): string => `${weight} ${text}`;

/** What one weight needs: how each cluster is spelled, and a subset that has it. */
const prepare = async (lines: Line[], weight: Weight) => {
  const fonts: Fonts = new Map();
  const spelled = new Map<string, string>();
  const clusters = new Set(lines.flatMap(({ text }) => clustersOf(text.normalize('NFC'))));
  for (const cluster of clusters.add(ellipsis)) spelled.set(cluster, await resolve(cluster, weight, fonts));
  return { spelled, subsets: await subsetAll(fonts, weight) };
};

/** Finds fonts for lines, and takes from them what these lines need. */
export const letter = async (lines: Line[]): Promise<Lettering> => {
  const weights = new Map<Weight, Awaited<ReturnType<typeof prepare>>>();
  for (const [weight, own] of Map.groupBy(lines, (line) => line.weight))
    weights.set(weight, await prepare(own, weight));

  const setAnew = ({ text, weight }: Line): Run[] => {
    const { subsets } = weights.get(weight)!;
    const parts = clustersOf(text).flatMap((cluster) => (subsets.has(cluster) ? [cluster] : Array.from(cluster)));
    const clusters: Cluster<FontSubset>[] = parts.map((part) => ({ text: part, font: subsets.get(part)! }));
    return itemise(clusters).map((item) => ({
      subset: item.font,
      glyphs: shape(item.font, item.text, item.level % 2 === 1),
    }));
  };
  // The same parts are measured again and again while a text is fitted.
  const known = new Map<string, Run[]>();
  const set = (line: Line): Run[] => {
    const runs = known.get(keyOf(line)) ?? setAnew(line);
    known.set(keyOf(line), runs);
    return runs;
  };
  return {
    drawable: ({ text, weight }) => {
      const { spelled } = weights.get(weight)!;
      return clustersOf(text.normalize('NFC'))
        .map((cluster) => spelled.get(cluster) ?? '')
        .join('');
    },
    set,
    measure: (line) => widthOf(set(line)),
  };
};
