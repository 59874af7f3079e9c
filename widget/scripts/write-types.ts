import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { AutographMethod, Locale, problems, SignatureLevel } from '@tu-esign/contract';

const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');

/** The contract's types that hosts see: each is one of some words. */
const unions: Record<string, readonly string[]> = {
  AutographMethod: AutographMethod.options,
  Locale: Locale.options,
  ProblemType: Object.keys(problems),
  SignatureLevel: SignatureLevel.options,
};

/** Writes declarations that stand alone: what the entry points lead to, and no package that is not published. */
export async function writeTypes(dist: string): Promise<void> {
  const all = await mkdtemp(join(dist, '.types-'));
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.types.json', '--outDir', all], { stdio: 'inherit' });
  const published = new Map<string, string>();
  for (const entry of ['index', 'define']) await follow(all, entry, published);
  await rm(all, { recursive: true });
  for (const [module, text] of published) {
    await mkdir(dirname(join(dist, module)), { recursive: true });
    await writeFile(join(dist, `${module}.d.ts`), standAlone(module, text));
  }
}

/** Collects what a module says of itself, and all that it names; the rest is the element's own affair. */
async function follow(folder: string, module: string, found: Map<string, string>): Promise<void> {
  if (found.has(module)) return;
  const text = await readFile(join(folder, `${module}.d.ts`), 'utf8');
  found.set(module, text);
  for (const [, name] of text.matchAll(ours)) await follow(folder, join(dirname(module), name!), found);
}

const ours = /(?<=(?:from |import |import\()')(\.\.?\/[^']+)\.ts(?=')/g;

function standAlone(module: string, text: string): string {
  const spelled = text
    .replaceAll(/import type \{ ([^}]+) \} from '@tu-esign\/contract';/g, (_, names: string) =>
      names.split(', ').map(spellUnion).join('\n'),
    )
    .replaceAll(ours, '$1.js');
  if (spelled.includes('@tu-esign/')) throw new Error(`${module} names a package that is not published`);
  return spelled;
}

function spellUnion(name: string): string {
  if (!unions[name]) throw new Error(`${name} of the contract is not published`);
  return `type ${name} =${unions[name].map((word) => `\n  | '${word}'`).join('')};`;
}
