import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pdfjsVersion } from '../src/pdfjs-version.ts';

const dist = join(import.meta.dirname, '../dist/cdn');
const worker = join(`pdfjs-${pdfjsVersion}`, 'pdf.worker.min.mjs');

/** Raw and brotli bytes of the entry, each chunk and pdf.js's worker, as the CDN build has them. */
const scripts = readdirSync(dist).filter((name) => name.endsWith('.js'));
const rows = [...scripts, worker].map((file) => ({
  file,
  raw: readFileSync(join(dist, file)).length,
  brotli: readFileSync(join(dist, `${file}.br`)).length,
}));
console.table(rows.sort((one, other) => one.brotli - other.brotli));
