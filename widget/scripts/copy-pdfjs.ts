import { cp, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { pdfjsVersion } from '../src/pdfjs-version.ts';

const { resolve } = createRequire(import.meta.url);
const folders = ['cmaps', 'standard_fonts', 'wasm', 'iccs'];

/** Puts pdf.js's worker and data beside a build, in a folder that carries its version. */
export async function copyPdfjs(dist: string): Promise<void> {
  const source = dirname(resolve('pdfjs-dist/package.json'));
  const target = join(dist, `pdfjs-${pdfjsVersion}`);
  await mkdir(target, { recursive: true });
  await cp(join(source, 'legacy/build/pdf.worker.min.mjs'), join(target, 'pdf.worker.min.mjs'));
  await cp(join(source, 'LICENSE'), join(target, 'LICENSE'));
  for (const folder of folders) await cp(join(source, folder), join(target, folder), { recursive: true });
}
