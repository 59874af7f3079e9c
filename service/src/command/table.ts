/** Rows as text, each column as wide as its widest cell; the first row is the head. */
export const toTable = (rows: readonly (readonly string[])[]): string => {
  const columns = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(columns[column] ?? 0)).join('  '));
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
};

const units = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
] as const;

/** How long ago a time was, in its largest whole unit, as `3 h`. @param at RFC 3339 */
export const sinceThen = (at: string): string => {
  const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(at)) / 1_000));
  const [name, length] = units.find(([, length]) => seconds >= length) ?? ['s', 1];
  return `${Math.floor(seconds / length)} ${name}`;
};
