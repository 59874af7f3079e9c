import { build, type Plugin } from 'vite';
import { target } from '../../vite.config.ts';
import { plainImports } from './plain-imports.ts';
import { trimmedPdfjs } from './trim-pdfjs.ts';

/** The worker's script and what it fetches later, by name. */
export interface WorkerFiles {
  entry: string;
  files: Map<string, string>;
}

export async function bundleWorker(): Promise<WorkerFiles> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    base: './',
    plugins: [plainImports(), trimmedPdfjs()],
    build: {
      write: false,
      target,
      modulePreload: false,
      rolldownOptions: {
        input: new URL('../../src/document/pdf/worker/worker.ts', import.meta.url).pathname,
        output: { entryFileNames: 'pdf.worker-[hash].mjs', chunkFileNames: 'brotli-[hash].mjs' },
      },
    },
  });
  if (!('output' in built)) throw new Error('one build, one output');
  const chunks = built.output.filter((one) => one.type === 'chunk');
  return {
    entry: chunks.find(({ isEntry }) => isEntry)!.fileName,
    files: new Map(chunks.map(({ fileName, code }) => [fileName, code])),
  };
}

/** Writes the name of the worker's script into what is built; a build that has no place for it fails. */
export function nameWorker(entry: string): Plugin {
  let isNamed = false;
  return {
    name: 'name-worker',
    enforce: 'pre',
    transform: {
      filter: { id: /src\/document\/pdf\/worker\/worker-file\.ts$/ },
      handler: (code) => {
        const named = code.replace("'pdf.worker.mjs'", JSON.stringify(entry));
        isNamed = named !== code;
        return named;
      },
    },
    buildEnd: (error) => {
      if (!error && !isNamed) throw new Error('no script was told the name of the worker');
    },
  };
}
