import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pdfjsVersion } from '../src/document/pdf/pdfjs-version.ts';
import { bundle, sizeOf } from './bundle.ts';

const dist = join(import.meta.dirname, '../dist/cdn');
const folder = `pdfjs-${pdfjsVersion}`;
const worker = readdirSync(join(dist, folder)).filter((name) => name.endsWith('.mjs'));

/** Raw and brotli bytes of the entry, each chunk and pdf.js's worker, as the CDN build has them. */
const scripts = readdirSync(dist).filter((name) => name.endsWith('.js'));
const ours = [...scripts, ...worker.map((name) => join(folder, name))].map((file) => ({
  file,
  raw: readFileSync(join(dist, file)).length,
  brotli: readFileSync(join(dist, `${file}.br`)).length,
}));
const bySize = (one: { brotli: number }, other: { brotli: number }) => one.brotli - other.brotli;
console.log('tu-esign, its CDN build: the entry is all that is fetched before page 1 besides document-pane and pdf.js');
console.table(ours.sort(bySize));

/** What peers put into a host's page, built the same way; what they load from elsewhere later is not in it. */
const peers = {
  'signature_pad alone: a canvas that draws': "export { default } from 'signature_pad';",
  '@docuseal/signature-maker-js: a form to draw': "export * from '@docuseal/signature-maker-js';",
  'hellosign-embedded: opens an iframe': "export { default } from 'hellosign-embedded';",
};
const theirs = Object.entries(peers).map(async ([peer, source]) => {
  const { raw, brotli } = sizeOf(await bundle(source));
  return { peer, raw, brotli };
});
console.log('peers, built the same way');
console.table((await Promise.all(theirs)).sort(bySize));
