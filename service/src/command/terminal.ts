import { resolve } from 'node:path';

/** Where a command was called, and writes to. */
export interface Terminal {
  /** A whole path, as seen from the folder in which the command was called. */
  readonly resolve: (path: string) => string;
  readonly print: (text: string) => void;
  readonly printError: (text: string) => void;
}

/** What a command works with. */
export interface CommandContext extends Terminal {
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** npm runs the project's own short forms in the project's folder, and tells by INIT_CWD where they were called. */
const calledIn = ({ npm_package_name: name, INIT_CWD: folder }: NodeJS.ProcessEnv): string =>
  (name === 'tu-esign-workspaces' && folder) || '.';

export const terminal: CommandContext = {
  environment: process.env,
  resolve: (path) => resolve(calledIn(process.env), path),
  print: (text) => process.stdout.write(text),
  printError: (text) => process.stderr.write(text),
};
