import { readFileSync } from 'node:fs';
import stripJsonComments from 'strip-json-comments';

/** JSON in which comments and a comma at the end of a list are allowed. Undefined where it cannot be read; why is reported. */
export const readJson = (path: string, report: (fault: string) => void): unknown => {
  try {
    return JSON.parse(stripJsonComments(readFileSync(path, 'utf8'), { trailingCommas: true }));
  } catch (error) {
    report(sayWhy(path, error));
    return undefined;
  }
};

const sayWhy = (path: string, error: unknown): string => {
  // What a parser quotes may be a secret; where it is tells enough.
  const [place = ''] = /line \d+ column \d+|position \d+/.exec(error instanceof SyntaxError ? error.message : '') ?? [];
  if (error instanceof SyntaxError) return `${path} is no JSON${place && `: look at ${place}`}`;
  const { code } = error as NodeJS.ErrnoException;
  const missing = `${path} is not there: \`tu-esign init\` writes one`;
  return code === 'ENOENT' ? missing : `${path} cannot be read (${code})`;
};
