import { build } from 'vite';
import { bundleWorker, nameWorker } from './bundle/bundle-worker.ts';
import { compress } from './bundle/compress.ts';
import { copyPdfjs } from './bundle/copy-pdfjs.ts';
import { writeIntegrity } from './write-integrity.ts';

/**
 * Builds what the service hands out to pages. It needs of npm what stays without development dependencies too.
 * @returns pdf.js's worker, for what is built besides
 */
export const buildCdn = async (): Promise<Awaited<ReturnType<typeof bundleWorker>>> => {
  // Whoever starts this: with NODE_ENV=test, Vite would bundle Lit's development build.
  process.env.NODE_ENV = 'production';
  const worker = await bundleWorker();
  await build({ mode: 'cdn', logLevel: 'warn', plugins: [nameWorker(worker.entry)] });
  await copyPdfjs('dist/cdn', worker);
  await writeIntegrity('dist/cdn');
  await compress('dist/cdn', 'node_modules/.cache/brotli');
  return worker;
};
