import bidiModule from 'bidi-js';

// Its types are of an ES module, which Node does not take it for.
const bidi = (bidiModule as unknown as typeof bidiModule.default)();

/** A stretch of a line in one font and one direction. */
export interface Item<Font> {
  text: string;
  font: Font;
  /** Embedding level (UAX #9): from right to left where it is odd. */
  level: number;
}

/** A cluster of a text: a character with its marks, which stays together. */
export interface Cluster<Font> {
  text: string;
  font: Font;
}

/** Neighbours of one font and one direction, in the order they are read. */
const join = <Font>(clusters: Cluster<Font>[]): Item<Font>[] => {
  const { levels } = bidi.getEmbeddingLevels(clusters.map(({ text }) => text).join(''));
  const items: Item<Font>[] = [];
  let at = 0;
  for (const { text, font } of clusters) {
    const level = levels[at]!;
    const last = items.at(-1);
    if (last?.font === font && last.level === level) last.text += text;
    else items.push({ text, font, level });
    at += text.length;
  }
  return items;
};

/** Turns what stands from right to left (UAX #9, L2): from the highest level down, whatever is at it or above. */
const reorder = <Font>(items: Item<Font>[]): Item<Font>[] => {
  const shown = [...items];
  for (let level = Math.max(0, ...items.map((item) => item.level)); level > 0; level -= 1)
    for (let start = 0; start < shown.length; start += 1) {
      let end = start;
      while (end < shown.length && shown[end]!.level >= level) end += 1;
      if (end > start) shown.splice(start, end - start, ...shown.slice(start, end).toReversed());
      start = end;
    }
  return shown;
};

/** The stretches of a line as they stand, from left to right. */
export const itemise = <Font>(clusters: Cluster<Font>[]): Item<Font>[] => reorder(join(clusters));
