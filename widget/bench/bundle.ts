import { brotliCompressSync } from 'node:zlib';
import { build } from 'vite';
import { target } from '../vite.config.ts';

const entry = 'virtual:bench';

/** A script that a page loads, built as the CDN build is: Vite's app mode, the same targets. */
export async function bundle(source: string): Promise<string> {
  process.env.NODE_ENV = 'production';
  const output = await build({
    configFile: false,
    logLevel: 'error',
    root: import.meta.dirname,
    plugins: [
      {
        name: 'bench-entry',
        resolveId: (id) => (id === entry ? `${import.meta.dirname}/${entry}.js` : null),
        load: (id) => (id.endsWith(`${entry}.js`) ? source : null),
      },
    ],
    build: {
      write: false,
      target,
      modulePreload: false,
      rolldownOptions: { input: entry, preserveEntrySignatures: 'strict', output: { codeSplitting: false } },
    },
  });
  if (!('output' in output)) throw new Error('one build, one output');
  return output.output[0].code;
}

export const sizeOf = (code: string) => ({ raw: code.length, brotli: brotliCompressSync(code).length });
