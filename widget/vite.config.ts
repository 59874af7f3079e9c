import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { copyShared } from './scripts/bundle/copy-shared.ts';
import { dropGlobals } from './scripts/bundle/drop-globals.ts';
import { plainImports } from './scripts/bundle/plain-imports.ts';
import { squeezeTemplates } from './scripts/bundle/squeeze-templates.ts';
import { trimmedPdfjs } from './scripts/bundle/trim-pdfjs.ts';

// Browsers with container queries, light-dark(), CSS nesting and AbortSignal.any.
export const target = ['chrome125', 'firefox128', 'safari18'];

/** The script that a page loads from the service: an entry, and chunks named by their content. */
const cdn = defineConfig({
  plugins: [plainImports(), copyShared(), squeezeTemplates(), dropGlobals(), trimmedPdfjs()],
  base: './',
  build: {
    outDir: 'dist/cdn',
    target,
    chunkSizeWarningLimit: 600,
    modulePreload: false,
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: 'src/define.ts',
      preserveEntrySignatures: 'strict',
      output: { entryFileNames: 'tu-esign.js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});

/** What bundlers and servers import: Lit and signature_pad stay outside, pdf.js's files are the service's. */
const npm = defineConfig({
  plugins: [copyShared(), trimmedPdfjs()],
  base: './',
  resolve: {
    alias: [
      {
        find: /^(?:\.{1,2}\/)+(?:[a-z]+\/)*assets\.ts$/,
        replacement: fileURLToPath(new URL('src/document/pdf/assets-bundled.ts', import.meta.url)),
      },
    ],
  },
  build: {
    outDir: 'dist/npm',
    target,
    minify: false,
    chunkSizeWarningLimit: 1200,
    modulePreload: false,
    lib: { entry: { index: 'src/index.ts', define: 'src/define.ts' }, formats: ['es'] },
    rolldownOptions: { external: [/^lit(?:\/|$)/, 'signature_pad'] },
  },
});

export default defineConfig(({ mode }) => (mode === 'npm' ? npm : cdn));
