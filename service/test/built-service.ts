import { hash } from 'node:crypto';
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Plugin } from 'rolldown';
import type { TestProject, VitestPluginContext } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the service as it was built for these tests: `main.js`, `tu-esign.js`, … */
    built: string;
  }
}

const pathOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Below the service, so that what is left out is found. */
const builds = pathOf('../node_modules/.tu-esign-built');

const listSources = (): string[] => [
  pathOf('../../package-lock.json'),
  pathOf('built-service.ts'),
  ...['../src', '../verifier', '../contract', 'faults']
    .flatMap((folder) =>
      readdirSync(pathOf(folder), { recursive: true, encoding: 'utf8' }).map((name) => join(pathOf(folder), name)),
    )
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts')),
];

/** One folder a state of the sources. */
const folder = join(
  builds,
  hash(
    'sha256',
    listSources()
      .map((file) => `${file} ${statSync(file).mtimeMs}`)
      .join('\n'),
  ),
);

/** Who starts a thread, and the file that is built for it. */
const threads = new Map([
  [pathOf('../src/pades/engine.ts'), 'pdf-worker.js'],
  [pathOf('../src/autograph/reader.ts'), 'autograph-worker.js'],
]);

/** Files that modules read are where they were; of the modules, the threads' alone are looked for by their address. */
const where: Plugin = {
  name: 'where',
  transform(code, id) {
    const thread = threads.get(id);
    if (thread) return code.replace("'worker.ts'", `'${thread}'`);
    return code.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href));
  },
};

/** A service in a test's own process takes the threads that were built. */
export const builtThreads = {
  name: 'built-threads',
  enforce: 'pre' as const,
  // Vitest keeps what was transformed: it names a build, and is of no use for another.
  configureVitest({ defineCacheKeyGenerator }: VitestPluginContext): void {
    defineCacheKeyGenerator(({ id }) => threads.has(id) && folder);
  },
  transform(code: string, id: string): string | undefined {
    const thread = threads.get(id);
    return thread && code.replace("'worker.ts'", JSON.stringify(join(folder, thread)));
  },
};

const removeOthers = (): void => {
  for (const name of existsSync(builds) ? readdirSync(builds) : []) {
    const hours = (Date.now() - statSync(join(builds, name)).mtimeMs) / 3_600_000;
    // Another run may be at it.
    if (hours > 1) rmSync(join(builds, name), { recursive: true });
  }
};

/** Another run may have been faster: then its folder is there, and as good. */
const rename = (unfinished: string): void => {
  if (existsSync(folder)) rmSync(unfinished, { recursive: true });
  else renameSync(unfinished, folder);
};

/**
 * Builds the service into a few files, where that was not done for these sources: to start it is to load a thousand
 * modules otherwise, and hundreds of processes and threads are started here. test/start.test.ts and the demo's walks start
 * it as operators do.
 */
export const setup = async (project: TestProject): Promise<void> => {
  project.provide('built', folder);
  if (existsSync(folder)) return;
  removeOthers();
  const unfinished = `${folder}-${process.pid}`;
  await build({
    input: {
      main: pathOf('../src/main.ts'),
      'tu-esign': pathOf('../src/tu-esign.ts'),
      'faults-main': pathOf('faults/service-main.ts'),
      'kill-at': pathOf('faults/kill-at.ts'),
      'pdf-worker': pathOf('../src/pades/worker.ts'),
      'autograph-worker': pathOf('../src/autograph/worker.ts'),
    },
    platform: 'node',
    // They look for their own files beside them.
    external: ['piscina', 'pg-native', 'harfbuzzjs', 'subset-font', 'fontverter'],
    plugins: [where],
    output: { dir: unfinished },
    logLevel: 'silent',
  });
  rename(unfinished);
};
