import { relative } from 'node:path';

/** What is known of an error: of one of our own, or of one that came from a worker or a browser. */
export interface KnownError {
  name?: string | undefined;
  message: string;
  cause?: { message?: string } | undefined;
  stacks?: readonly { file: string; line: number }[] | undefined;
}

/** So many failures are told, in so many lines each: all of them are among the last lines of a run. */
const most = 4;
const linesOfEach = 3;
const longestLine = 300;

/** What failed and where, and the beginning of what was said of it; the details are further up. */
export const toReason = (what: string, { name = 'Error', message, cause, stacks = [] }: KnownError): string[] => {
  const own = stacks.find(({ file }) => !file.includes('node_modules'));
  const where = own ? ` (${relative(process.cwd(), own.file)}:${own.line})` : '';
  const because = cause?.message ? ` (${cause.message})` : '';
  const said = `${name}: ${message}${because}`.split('\n').filter((line) => line.trim());
  const lines = [`✗ ${what}${where}`, ...said.map((line) => `  ${line.slice(0, longestLine)}`)];
  return lines.slice(0, linesOfEach);
};

/** What a suite prints last where something failed in it: what its reader looks for first. */
export const tellReasons = (reasons: readonly string[][]): void => {
  const more = reasons.length - most;
  const lines = [...reasons.slice(0, most).flat(), ...(more > 0 ? [`and ${more} more`] : [])];
  if (lines.length) process.stdout.write(`${lines.join('\n')}\n`);
};
