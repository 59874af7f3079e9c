/** One package as package-lock.json has it. */
export interface Locked {
  version?: string;
  resolved?: string;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  [other: string]: unknown;
}

/** Paths as they are in the project, and what lies there. */
export type Packages = Readonly<Record<string, Locked>>;

/** Where Node finds a package, asked for from another one. */
const locate = (packages: Packages, from: string, name: string): string | undefined => {
  for (let folder = from; ; folder = parentOf(folder)) {
    const path = `${folder && `${folder}/`}node_modules/${name}`;
    if (packages[path]) return path;
    if (folder === '') return undefined;
  }
};

const parentOf = (path: string): string => {
  const at = path.lastIndexOf('/node_modules/');
  return at < 0 ? '' : path.slice(0, at);
};

const wantedBy = ({ dependencies, optionalDependencies, peerDependencies }: Locked): string[] =>
  Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies });

/** All packages that some are made of, by where they lie. */
const collect = (packages: Packages, root: string, names: readonly string[]): Set<string> => {
  const found = new Set<string>();
  const visit = (from: string, name: string): void => {
    const path = locate(packages, from, name);
    if (path === undefined || found.has(path)) return;
    found.add(path);
    for (const next of wantedBy(packages[path]!)) visit(path, next);
  };
  for (const name of names) visit(root, name);
  return found;
};

/**
 * Where they were downloaded from is of no use elsewhere, and what is for development is not there. Which Node they ask for
 * is not either: npm would compare it with the one it runs on, and they run on the one that comes along.
 */
const strip = ({ resolved: _address, dev: _dev, devOptional: _either, engines: _node, ...rest }: Locked): Locked =>
  rest;

export interface ShrinkwrapOptions {
  packages: Packages;
  /** The folder whose dependencies are wanted. */
  root: string;
  manifest: { name: string; version: string; dependencies: Record<string, string> };
  /** Packages that the project's own lock does not have. */
  more: Packages;
}

/** npm-shrinkwrap.json: what the project was tested with, and nothing newer, is installed. */
export const createShrinkwrap = ({ packages, root, manifest, more }: ShrinkwrapOptions): object => {
  const paths = [...collect(packages, root, Object.keys(manifest.dependencies))];
  const placed = paths.map(
    (path) => [path.replace(`${root}/node_modules/`, 'node_modules/'), packages[path]!] as const,
  );
  const wanted = Object.fromEntries([
    ...placed.map(([path, locked]) => [path, strip(locked)]),
    ...Object.entries(more),
  ]);
  if (Object.keys(wanted).length !== paths.length + Object.keys(more).length)
    throw new Error('Two versions of a package would lie in one place');
  const { name, version } = manifest;
  const sorted = Object.fromEntries(Object.entries(wanted).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { name, version, lockfileVersion: 3, requires: true, packages: { '': manifest, ...sorted } };
};
