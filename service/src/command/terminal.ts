import { resolve } from 'node:path';

/** Where a command was called, and writes to. */
export interface Terminal {
  /** A whole path, as seen from the folder in which the command was called. */
  readonly resolve: (path: string) => string;
  readonly print: (text: string) => void;
  readonly printError: (text: string) => void;
}

export const terminal: Terminal = {
  // npm runs scripts in the folder of package.json, and tells by INIT_CWD where it was called.
  resolve: (path) => resolve(process.env['INIT_CWD'] ?? '.', path),
  print: (text) => process.stdout.write(text),
  printError: (text) => process.stderr.write(text),
};
