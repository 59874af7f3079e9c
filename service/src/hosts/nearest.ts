/** The name that was probably meant: one that a slip or two makes of it; undefined where none is near. */
export const nearest = (name: string, known: readonly string[]): string | undefined => {
  const near = known
    .map((candidate) => ({ candidate, slips: slipsBetween(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, slips }) => slips <= Math.max(1, Math.floor(candidate.length / 3)));
  return near.sort((one, other) => one.slips - other.slips)[0]?.candidate;
};

/** Letters that are missing, too many, wrong or exchanged with their neighbour (optimal string alignment). */
const slipsBetween = (one: string, other: string): number => {
  const rows = Array.from({ length: one.length + 1 }, (_, at) => [at]);
  for (let to = 1; to <= other.length; to += 1) rows[0]![to] = to;
  for (let from = 1; from <= one.length; from += 1) {
    for (let to = 1; to <= other.length; to += 1) {
      const wrong = one[from - 1] === other[to - 1] ? 0 : 1;
      const slips = [rows[from - 1]![to]! + 1, rows[from]![to - 1]! + 1, rows[from - 1]![to - 1]! + wrong];
      const exchanged = one[from - 1] === other[to - 2] && one[from - 2] === other[to - 1];
      if (from > 1 && to > 1 && exchanged) slips.push(rows[from - 2]![to - 2]! + 1);
      rows[from]![to] = Math.min(...slips);
    }
  }
  return rows[one.length]![other.length]!;
};
