import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

const brotli = promisify(brotliCompress);
const compressible = new Set(['.js', '.mjs', '.wasm', '.ttf', '.pfb', '.icc', '.bcmap']);

/** Puts a brotli file (quality 11) beside each file worth it; kept by content, as quality 11 is slow. */
export async function compress(dist: string, cache: string): Promise<void> {
  await mkdir(cache, { recursive: true });
  for (const entry of await readdir(dist, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !compressible.has(extname(entry.name))) continue;
    await compressFile(join(entry.parentPath, entry.name), cache);
  }
}

async function compressFile(file: string, cache: string): Promise<void> {
  const bytes = await readFile(file);
  const kept = join(cache, createHash('sha256').update(bytes).digest('hex'));
  if (!existsSync(kept)) {
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    await writeFile(kept, await brotli(bytes, { params }));
  }
  await copyFile(kept, `${file}.br`);
}
