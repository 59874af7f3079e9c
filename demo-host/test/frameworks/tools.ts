import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../frameworks', import.meta.url));

/** The folder of a framework's page. @throws Error where the frameworks are not installed */
export const pageFolder = (page: string): string => {
  if (!existsSync(join(folder, 'node_modules/tu-esign'))) throw new Error('npm run frameworks comes first');
  return join(folder, page);
};

/** What a program said, on both channels, and whether it was content. */
export interface Outcome {
  said: string;
  succeeded: boolean;
}

/** Runs a tool that a page is made with, in the page's folder. */
export const runTool = (page: string, tool: string, ...args: string[]): Promise<Outcome> =>
  runNode(page, join(folder, 'node_modules/.bin', tool), ...args);

export const runNode = (page: string, ...args: string[]): Promise<Outcome> =>
  new Promise((resolve) => {
    const options = { cwd: pageFolder(page), maxBuffer: 64 * 1024 * 1024 };
    execFile(process.execPath, args, options, (error, output, complaints) =>
      resolve({ said: `${output}${complaints}`, succeeded: !error }),
    );
  });
