const mostRanges = 4;

/** Pages that have yet to be viewed, neighbours together; of very many only the first. */
export function unreadOf(viewed: number[], pages: number): { ranges: string[]; count: number } {
  const seen = new Set(viewed);
  const unread = Array.from({ length: pages }, (_, index) => index + 1).filter((page) => !seen.has(page));
  const ranges: [number, number][] = [];
  for (const page of unread) {
    const last = ranges.at(-1);
    if (last?.[1] === page - 1) last[1] = page;
    else ranges.push([page, page]);
  }
  const written = ranges.slice(0, mostRanges).map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`));
  return { ranges: ranges.length > mostRanges ? [...written, '…'] : written, count: unread.length };
}
