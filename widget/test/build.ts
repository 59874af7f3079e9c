import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Builds the element once, before any test looks at what is built. */
export function setup(): void {
  execFileSync(process.execPath, ['scripts/build.ts'], { cwd: join(import.meta.dirname, '..'), stdio: 'pipe' });
}
