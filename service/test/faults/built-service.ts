import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Plugin } from 'rolldown';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the service as it was built for these tests. */
    built: string;
  }
}

const pathOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Below the service, so that what is left out is found. */
const folder = pathOf('../../node_modules/.tu-esign-faults');

/** Who starts a thread, and the file that is then built for it. */
const threads = new Map([
  [pathOf('../../src/pades/engine.ts'), 'pdf-worker'],
  [pathOf('../../src/autograph/reader.ts'), 'autograph-worker'],
]);

/** Files that modules read are where they were; of the modules, the threads' alone are looked for by their address. */
const where: Plugin = {
  name: 'where',
  transform(code, id) {
    if (threads.has(id)) return code.replace("'worker.ts'", `'${threads.get(id)}.js'`);
    return code.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href));
  },
};

/**
 * Builds the service into a few files, once for a run: a start is loading a thousand modules otherwise, and hundreds
 * of processes are started here. Other tests start it as operators do.
 */
export const setup = async (project: TestProject): Promise<void> => {
  await build({
    input: {
      main: pathOf('service-main.ts'),
      'kill-at': pathOf('kill-at.ts'),
      'pdf-worker': pathOf('../../src/pades/worker.ts'),
      'autograph-worker': pathOf('../../src/autograph/worker.ts'),
    },
    platform: 'node',
    // Piscina looks for its own files beside it.
    external: ['piscina', 'pg-native'],
    plugins: [where],
    output: { dir: folder },
    logLevel: 'silent',
  });
  project.provide('built', folder);
};
