import { execFileSync } from 'node:child_process';
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { problems } from '@tu-esign/contract';

const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');

/** Writes declarations that stand alone: no file of ours beside them, no package that is not published. */
export async function writeTypes(dist: string): Promise<void> {
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.types.json', '--outDir', dist], { stdio: 'inherit' });
  const published = new Set<string>();
  for (const entry of ['index.d.ts', 'define.d.ts']) await follow(dist, entry, published);
  for (const name of await readdir(dist)) {
    if (!name.endsWith('.d.ts')) continue;
    if (published.has(name)) await standAlone(join(dist, name));
    else await rm(join(dist, name));
  }
}

/** Collects what an entry point says of itself; all else is the element's own affair. */
async function follow(dist: string, name: string, found: Set<string>): Promise<void> {
  if (found.has(name)) return;
  found.add(name);
  const text = await readFile(join(dist, name), 'utf8');
  for (const [, module] of text.matchAll(/(?:from|import) '\.\/([^']+)\.ts'/g))
    await follow(dist, `${module}.d.ts`, found);
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
