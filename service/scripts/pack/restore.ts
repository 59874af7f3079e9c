import { existsSync, renameSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const pathOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Where the workspace's own manifest waits while a package is made. */
export const saved = pathOf('../../node_modules/.workspace-package.json');

/** Puts back what prepare.ts has changed, also after a run that was cut off. */
export const restore = (): void => {
  if (existsSync(saved)) renameSync(saved, pathOf('../../package.json'));
  rmSync(pathOf('../../npm-shrinkwrap.json'), { force: true });
};

if (import.meta.main) restore();
