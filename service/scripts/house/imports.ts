import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** Which files a file imports, types included; both as paths below the root. */
export type Imports = ReadonlyMap<string, readonly string[]>;

/** Where the project's own code lies; tests, scripts and benches may import what they like. */
const sources = ['service/src', 'service/verifier', 'service/contract', 'widget/src', 'demo-host'];
const passedOver = /\.test\.ts$|\/(?:test|bench|scripts|frameworks|dist|node_modules)\//;

const named: readonly [RegExp, string][] = [
  [/^@tu-esign\/contract$/, 'service/contract/index.ts'],
  [/^@tu-esign\/verifier\/(.+)$/, 'service/verifier/$1'],
];

/** What `#…` means in a package (its package.json's `imports`). */
const ownRoot = (file: string): string => (file.startsWith('service/verifier/') ? 'service/verifier' : 'service/src');

const toPath = (file: string, specifier: string): string | undefined => {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(file), specifier);
  if (specifier.startsWith('#')) return posix.join(ownRoot(file), specifier.slice(1));
  const [pattern, replacement] = named.find(([own]) => own.test(specifier)) ?? [];
  return pattern && specifier.replace(pattern, replacement!);
};

const specifiersOf = (text: string): string[] =>
  [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^'\n]+)'/g)].map(([, specifier]) => specifier!);

const filesBelow = (root: string): string[] =>
  sources
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => posix.join(folder, name)),
    )
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts') && !passedOver.test(file))
    .sort();

/** All imports between the project's own files. */
export const readImports = (root: string): Imports => {
  const files = filesBelow(root);
  const known = new Set(files);
  const importsOf = (file: string): string[] =>
    specifiersOf(readFileSync(join(root, file), 'utf8'))
      .map((specifier) => toPath(file, specifier))
      .filter((path): path is string => path !== undefined && known.has(path));
  return new Map(files.map((file) => [file, [...new Set(importsOf(file))]]));
};
