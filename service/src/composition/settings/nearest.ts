/** How many letters have to be put in, taken out or changed to make one word of another (Levenshtein). */
const distance = (one: string, other: string): number => {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const above = row;
    row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const changed = above[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1);
      row.push(Math.min(changed, above[j]! + 1, row[j - 1]! + 1));
    }
  }
  return row.at(-1)!;
};

/** The known name that somebody most likely meant; undefined where none is alike. */
export const findNearest = (name: string, known: readonly string[]): string | undefined => {
  const ranked = known.map((other) => ({ other, away: distance(name, other) })).sort((a, b) => a.away - b.away);
  const [best] = ranked;
  return best && best.away <= Math.max(2, name.length / 3) ? best.other : undefined;
};
