import { cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { pdfjsVersion } from '../../src/document/pdf/pdfjs-version.ts';
import type { WorkerFiles } from './bundle-worker.ts';

const { resolve } = createRequire(import.meta.url);
const folders = ['cmaps', 'standard_fonts', 'wasm', 'iccs'];

/** Puts pdf.js's worker and data beside a build, in a folder that carries its version. */
export async function copyPdfjs(dist: string, { files }: WorkerFiles): Promise<void> {
  const source = dirname(resolve('pdfjs-dist/package.json'));
  const target = join(dist, `pdfjs-${pdfjsVersion}`);
  await mkdir(target, { recursive: true });
  for (const [name, code] of files) await writeFile(join(target, name), code);
  await cp(join(source, 'LICENSE'), join(target, 'LICENSE'));
  for (const folder of folders) await cp(join(source, folder), join(target, folder), { recursive: true });
}
