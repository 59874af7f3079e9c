import { createHash } from 'node:crypto';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pdfjsVersion } from '../src/document/pdf/pdfjs-version.ts';

/** Where the scripts lie that pdf.js's worker runs; what it fetches besides is data. */
const ofWorker = `pdfjs-${pdfjsVersion}`;

/**
 * Writes integrity.json: each script of a build by its name, with its digest as the attribute `integrity` has it
 * (https://www.w3.org/TR/sri-2/). The chunks' go into a page's import map.
 */
export async function writeIntegrity(dist: string): Promise<void> {
  const scripts = (await readdir(dist)).filter((name) => name.endsWith('.js'));
  const inWorker = (await readdir(join(dist, ofWorker))).filter((name) => name.endsWith('.mjs'));
  const names = [...scripts.toSorted(), ...inWorker.toSorted().map((name) => `${ofWorker}/${name}`)];
  const described = names.map(async (name) => [name, integrityOf(await readFile(join(dist, name)))]);
  const integrity = Object.fromEntries(await Promise.all(described));
  await writeFile(join(dist, 'integrity.json'), `${JSON.stringify(integrity, undefined, 2)}\n`);
}

const integrityOf = (bytes: Uint8Array): string => `sha384-${createHash('sha384').update(bytes).digest('base64')}`;
