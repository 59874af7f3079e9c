import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleService } from './bundle.ts';
import { lockedNodes, nodePackages } from './nodes.ts';
import { restore, saved } from './restore.ts';
import { createShrinkwrap, type Packages } from './shrinkwrap.ts';

/**
 * npm's prepack: builds the package, and puts the manifest that is published where the workspace's is, until postpack. The
 * workspace's names packages that are inside the package, and tools that nobody needs who installs it.
 */

const service = fileURLToPath(new URL('../..', import.meta.url));
const root = join(service, '..');
const dist = join(service, 'dist');

interface Manifest {
  name: string;
  version: string;
  description: string;
  license: string;
  dependencies: Record<string, string>;
}

const readJson = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;
const writeJson = (path: string, value: unknown): void =>
  writeFileSync(path, `${JSON.stringify(value, undefined, 2)}\n`);

const publish = ({ name, version, description, license, dependencies }: Manifest, node: string) => ({
  name,
  version,
  description,
  license,
  type: 'module',
  bin: { 'tu-esign': 'dist/tu-esign.js' },
  files: ['dist', 'npm-shrinkwrap.json'],
  exports: { './package.json': './package.json' },
  engines: { node: '>=20.19' },
  dependencies,
  optionalDependencies: nodePackages(node),
});

/** What is imported and not named would be missing; what is read by its path alone is named, and not imported. */
const checkDependencies = (imported: readonly string[], { dependencies }: Manifest): void => {
  const missing = imported.filter((name) => !Object.hasOwn(dependencies, name));
  if (missing.length > 0) throw new Error(`The service's package.json does not name ${missing.join(', ')}`);
};

const copyFiles = (): void => {
  const element = join(root, 'widget/dist/cdn');
  if (!existsSync(join(element, 'tu-esign.js'))) throw new Error('Build the element first: npm run build');
  cpSync(element, join(dist, 'element'), { recursive: true });
  cpSync(join(service, 'contract/openapi.json'), join(dist, 'openapi.json'));
  cpSync(join(service, 'scripts/pack/launcher.js'), join(dist, 'tu-esign.js'));
};

restore();
const manifest = readJson<Manifest>(join(service, 'package.json'));
const lock = readJson<{ packages: Packages }>(join(root, 'package-lock.json'));
const node = lock.packages['node_modules/node']!.version!;
rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);
checkDependencies(await bundleService(join(dist, 'lib')), manifest);
copyFiles();
const published = publish(manifest, node);
const shrinkwrap = createShrinkwrap({
  packages: lock.packages,
  root: 'service',
  manifest: published,
  more: lockedNodes(node),
});
cpSync(join(service, 'package.json'), saved);
writeJson(join(service, 'npm-shrinkwrap.json'), shrinkwrap);
writeJson(join(service, 'package.json'), published);
