/** Rows as text, each column as wide as its widest cell; the first row is the head. */
export const toTable = (rows: readonly (readonly string[])[]): string => {
  const columns = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(columns[column] ?? 0)).join('  '));
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
};
