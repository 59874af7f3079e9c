import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
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
  imports: object;
  dependencies: Record<string, string>;
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const writeJson = (path: string, value: unknown): void =>
  writeFileSync(path, `${JSON.stringify(value, undefined, 2)}\n`);

/** What who needs it installs beside the package: it is compiled where it is installed. */
const added = { pkcs11js: '^2.1.7' };

const publish = ({ name, version, description, license, imports, dependencies }: Manifest, node: string) => ({
  name,
  version,
  description,
  license,
  type: 'module',
  bin: { 'tu-esign': 'dist/tu-esign.js' },
  files: ['dist', 'npm-shrinkwrap.json'],
  // Of use to nobody but to what runs in the checkout while the package is made.
  imports,
  exports: { './package.json': './package.json' },
  engines: { node: '>=20.19' },
  dependencies,
  optionalDependencies: nodePackages(node),
  peerDependencies: added,
  peerDependenciesMeta: { pkcs11js: { optional: true } },
});

/** What is imported and not named would be missing; what is read by its path alone is named, and not imported. */
const checkDependencies = (imported: readonly string[], { dependencies }: Manifest): void => {
  const missing = imported.filter((name) => !Object.hasOwn({ ...dependencies, ...added }, name));
  if (missing.length > 0) throw new Error(`The service's package.json does not name ${missing.join(', ')}`);
};

const element = join(root, 'widget/dist/cdn');

/** Whether there is no build of the element, or its sources have changed since. */
const isStale = (): boolean => {
  const built = join(element, 'tu-esign.js');
  if (!existsSync(built)) return true;
  const { mtimeMs } = statSync(built);
  const sources = join(root, 'widget/src');
  const names = readdirSync(sources, { recursive: true, encoding: 'utf8' });
  return names.some((name) => !name.endsWith('.test.ts') && statSync(join(sources, name)).mtimeMs > mtimeMs);
};

const copyFiles = (): void => {
  if (isStale()) execFileSync('npm', ['run', '--silent', 'build', '-w', 'tu-esign'], { cwd: root, stdio: 'inherit' });
  cpSync(element, join(dist, 'element'), { recursive: true });
  cpSync(join(service, 'contract/openapi.json'), join(dist, 'openapi.json'));
  cpSync(join(service, 'scripts/pack/launcher.js'), join(dist, 'tu-esign.js'));
};

restore();
const manifest = readJson(join(service, 'package.json')) as Manifest;
const lock = readJson(join(root, 'package-lock.json')) as { packages: Packages };
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
