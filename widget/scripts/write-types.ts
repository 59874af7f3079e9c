import { execFileSync } from 'node:child_process';
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { problems } from '@tu-esign/contract';

const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');

// What the package's entry points say of themselves; all else is the element's own affair.
const published = new Set(['index.d.ts', 'define.d.ts', 'tu-esign.d.ts', 'events.d.ts', 'problem-type.d.ts']);

/** Writes declarations that stand alone: no file of ours beside them, no package that is not published. */
export async function writeTypes(dist: string): Promise<void> {
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.types.json', '--outDir', dist], { stdio: 'inherit' });
  for (const name of await readdir(dist)) {
    if (!name.endsWith('.d.ts')) continue;
    if (published.has(name)) await standAlone(join(dist, name));
    else await rm(join(dist, name));
  }
}

async function standAlone(file: string): Promise<void> {
  const union = Object.keys(problems)
    .map((type) => `\n  | '${type}'`)
    .join('');
  const text = await readFile(file, 'utf8');
  const spelled = text
    .replace("import type { ProblemType } from '@tu-esign/contract';", `type ProblemType =${union};`)
    .replaceAll(/(from|import) '(\.\/[^']+)\.ts'/g, "$1 '$2.js'");
  if (spelled.includes('@tu-esign/')) throw new Error(`${file} names a package that is not published`);
  await writeFile(file, spelled);
}
